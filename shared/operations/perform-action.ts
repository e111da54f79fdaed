import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { CaseId, type Cursor, type JsonObject } from '../contracts/index.ts';
import { mayPerform, type Permission } from '../domain/may-perform.ts';
import { messageOf } from '../domain/message-of.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  EffectError,
  type Effects,
  type Executions,
  type Mailer,
  type RequestStore,
  type SettingsStore,
  type Sources,
  type Telemetry,
} from '../ports/index.ts';
import { checkFacts } from './actions/check-facts.ts';
import { doneWrite } from './actions/done-write.ts';
import { NeedsPersonError } from './actions/needs-person-error.ts';
import type { PerformedAction } from './actions/performed-action.ts';
import { readTakeBack } from './actions/read-take-back.ts';
import { currentSettings } from './current-settings.ts';
import { operation } from './operation.ts';
import { keyOf } from './rounds/agents-round.ts';
import type { ActionOutcome } from './step-contracts.ts';
import { tellPeople } from './tell-people.ts';
import { within } from './within.ts';

export const PerformAction = z.object({ caseId: CaseId, actionId: z.string() });

export interface PerformActionPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly settings: SettingsStore;
  readonly sources: Sources;
  readonly effects: Effects;
  /** The machine that puts questions to people. */
  readonly asks: Pick<Executions, 'start'>;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/**
 * Carries out one action: everything is checked again from the store, the intent is noted, the call is made with the
 * action's idempotency key, and the result is noted. If nobody can know whether an earlier call took effect, and the
 * other side does not honour the key, a person decides. Where the tier says so, people are told afterwards.
 * @throws NeedsPersonError, caught by name in the state machine.
 */
export const performAction = operation({
  name: 'perform-action',
  input: PerformAction,
  async run(ports: PerformActionPorts, { caseId, actionId }): Promise<ActionOutcome> {
    const subject = await load(ports, caseId, actionId);
    const permission = mayPerform(subject);
    switch (permission.kind) {
      case 'settled':
        // A repeat of a step that may have ended before people were told.
        if (permission.state === 'done') await tellPeople(ports, subject);
        return { actionId, state: permission.state };
      case 'ask':
        throw new NeedsPersonError(permission.reason);
      case 'unsure':
        return unsure(ports, subject, permission.reason);
      case 'perform':
        if (!permission.isRepeat) await checkFacts(ports, subject);
        return perform(ports, subject, permission);
    }
  },
});

/** The effect certainly did not happen and may well at another try: the state machine's Retry takes this name. */
export class PassingError extends Error {
  override readonly name = 'PassingError';
}

async function load(ports: PerformActionPorts, caseId: string, actionId: string): Promise<PerformedAction> {
  const [case_, action] = await Promise.all([ports.cases.get(caseId), ports.cases.action(caseId, actionId)]);
  const workflow = case_ === null ? null : ports.findWorkflow(case_.workflow);
  const definition = action === null ? undefined : workflow?.actions[action.action];
  if (case_ === null || workflow === null || action === null || definition === undefined) {
    throw new NeedsPersonError(`Action ${actionId} is not part of this deployment.`);
  }
  const [settings, request, takeBack] = await Promise.all([
    currentSettings(ports.settings, workflow),
    action.requestId === null ? null : ports.requests.get(action.requestId),
    readTakeBack(ports.cases, workflow, { case: case_, action }),
  ]);
  const caseKey = keyOf(workflow, case_.input as JsonObject);
  return { workflow, definition, case: case_, action, request, settings, caseKey, takeBack };
}

async function perform(
  ports: PerformActionPorts,
  subject: PerformedAction,
  permission: Permission & { kind: 'perform' },
): Promise<ActionOutcome> {
  const cursor = permission.isRepeat ? null : await noteIntent(ports, subject);
  const startedAtMs = ports.clock.nowMs();
  const { action, definition, case: case_ } = subject;
  let result: JsonObject;
  try {
    const { idempotencyKey } = action;
    const { id, timeoutMs } = definition.connector;
    const call = ports.effects.perform(id, action.arguments, { idempotencyKey, caseId: case_.id });
    result = definition.connector.result.parse(await within(ports.clock, timeoutMs, call));
  } catch (error) {
    return failed(ports, subject, error);
  }
  const tookMs = ports.clock.nowMs() - startedAtMs;
  await ports.cases.commit({
    caseId: case_.id,
    workflow: case_.workflow,
    cursor,
    atMs: ports.clock.nowMs(),
    ...doneWrite(subject, { result, tookMs }),
  });
  ports.telemetry.count('ActionsDone', 1, subject.workflow.id);
  await tellPeople(ports, subject);
  return { actionId: action.id, state: 'done' };
}

/** Before the call: from here on it may have happened. @returns where the ledger stands now. */
async function noteIntent(
  ports: PerformActionPorts,
  { action, case: case_, workflow }: PerformedAction,
): Promise<Cursor> {
  const { id: actionId, digest, idempotencyKey } = action;
  try {
    return await ports.cases.commit({
      caseId: case_.id,
      workflow: case_.workflow,
      cursor: case_.ledger,
      atMs: ports.clock.nowMs(),
      events: [{ type: 'action-intended', actionId, digest, idempotencyKey }],
      actions: [{ action: { ...action, state: 'intended' }, from: { states: [action.state], digest } }],
      whileRunning: workflow.id,
      whileIntentOpen: action.intent,
    });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    if (error.kind === 'paused') throw new NeedsPersonError('The workflow was switched off before this action.');
    // The question that follows finds it closed, and refuses the action.
    if (error.kind === 'intent-closed') throw new NeedsPersonError('A person has refused this in this case.');
    // Another run of this step got here first: look again at what it left.
    throw new PassingError(`Action ${actionId} is being carried out by another run of this step`);
  }
}

async function failed(ports: PerformActionPorts, subject: PerformedAction, error: unknown): Promise<ActionOutcome> {
  const problem = messageOf(error);
  if (error instanceof EffectError && !error.isPassing) return unsure(ports, subject, `It was not done: ${problem}`);
  // The other side will know the key again: the state machine tries again, from `intended`.
  if (subject.definition.connector.idempotency === 'key') throw new PassingError(problem);
  if (!(error instanceof EffectError)) return unsure(ports, subject, `Nobody knows whether it was done: ${problem}`);
  await takeBackIntent(ports, subject, problem);
  throw new PassingError(problem);
}

/** It certainly did not happen. Without this, the next try could not tell it from a call that was broken off. */
async function takeBackIntent(
  ports: PerformActionPorts,
  { action, case: case_ }: PerformedAction,
  problem: string,
): Promise<void> {
  await ports.cases.commit({
    caseId: case_.id,
    workflow: case_.workflow,
    cursor: null,
    atMs: ports.clock.nowMs(),
    events: [{ type: 'step-failed', step: `perform ${action.id}`, problem }],
    actions: [{ action, from: { states: ['intended'], digest: action.digest } }],
  });
}

async function unsure(
  ports: PerformActionPorts,
  { action, case: case_ }: PerformedAction,
  problem: string,
): Promise<never> {
  try {
    await ports.cases.commit({
      caseId: case_.id,
      workflow: case_.workflow,
      cursor: null,
      atMs: ports.clock.nowMs(),
      events: [{ type: 'action-unsure', actionId: action.id, problem }],
      actions: [
        {
          action: { ...action, state: 'unsure', reasons: [problem] },
          from: { states: ['intended'], digest: action.digest },
        },
      ],
    });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  throw new NeedsPersonError(problem);
}
