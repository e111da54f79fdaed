import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { type Action, type CaseEvent, CaseId, type Cursor, type JsonObject, Slug } from '../contracts/index.ts';
import { givenBack, holding } from '../domain/caps.ts';
import { mayPerform, type Permission, SWITCHED_OFF_MIDWAY } from '../domain/may-perform.ts';
import { messageOf } from '../domain/message-of.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  EffectError,
  type Effects,
  type Executions,
  type Mailer,
  type RecordStore,
  type RequestStore,
  type SettingsStore,
  type ShapeStore,
  type Sources,
  type Telemetry,
} from '../ports/index.ts';
import { checkOthersDone } from './actions/after-others.ts';
import { checkFacts, reasonToAsk } from './actions/check-facts.ts';
import { NeedsPersonError } from './actions/needs-person-error.ts';
import { noteDone } from './actions/note-done.ts';
import type { PerformedAction } from './actions/performed-action.ts';
import { readTakeBack } from './actions/read-take-back.ts';
import { intentOf, refuseAsTaken, type Taken, whoHasIntent } from './actions/take-intent.ts';
import { countsOf, stopAtCap } from './actions/under-caps.ts';
import { useOfRelease } from './actions/use-of-release.ts';
import { settingsNow } from './current-settings.ts';
import { operation } from './operation.ts';
import { keyOf } from './rounds/agents-round.ts';
import { type ActionOutcome, Ending } from './step-contracts.ts';
import { tellPeople } from './tell-people.ts';
import { within } from './within.ts';

export const PerformAction = z.object({
  caseId: CaseId,
  actionId: z.string(),
  /** Of the case; looked up where it is left out, at the price of one more read. */
  workflow: Slug.optional(),
  /** Where nothing else is left of the case once this is done: what its end needs to know. */
  ending: Ending.nullable().optional(),
});
export type PerformAction = z.infer<typeof PerformAction>;

export interface PerformActionPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly records: RecordStore;
  readonly settings: SettingsStore;
  readonly shapes: ShapeStore;
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
  async run(ports: PerformActionPorts, { caseId, actionId, workflow, ending = null }): Promise<ActionOutcome> {
    const subject = await load(ports, { caseId, actionId, workflow });
    const permission = mayPerform(subject);
    switch (permission.kind) {
      case 'settled':
        // A repeat of a step that may have ended before people were told.
        if (permission.state === 'done') await tellPeople(ports, subject);
        return { actionId, state: permission.state };
      case 'ask':
        throw new NeedsPersonError(await reasonToAsk(ports, subject, permission.reason));
      case 'unsure':
        return unsure(ports, subject, permission.reason);
      case 'perform':
        if (!permission.isRepeat) {
          await checkOthersDone(ports, subject);
          await checkFacts(ports, subject);
        }
        return perform(ports, subject, permission, ending);
    }
  },
});

/** The effect certainly did not happen and may well at another try: the state machine's Retry takes this name. */
export class PassingError extends Error {
  override readonly name = 'PassingError';
}

async function load(
  ports: PerformActionPorts,
  { caseId, actionId, ...known }: PerformAction,
): Promise<PerformedAction> {
  const id = known.workflow ?? (await ports.cases.get(caseId))?.workflow ?? '';
  const { case: case_, action, settings: stored } = await ports.cases.withAction({ caseId, actionId, workflow: id });
  const workflow = case_ === null ? null : ports.findWorkflow(case_.workflow);
  const definition = action === null ? undefined : workflow?.actions[action.action];
  const isWhole = case_ !== null && workflow !== null && action !== null && definition !== undefined;
  if (!isWhole || case_.workflow !== id) {
    throw new NeedsPersonError(`Action ${actionId} is not part of this deployment.`);
  }
  const [request, shape, takeBack] = await Promise.all([
    action.requestId === null ? null : ports.requests.get(action.requestId),
    action.releasedBy === null ? null : ports.shapes.get(action.releasedBy),
    readTakeBack(ports.cases, workflow, { case: case_, action }),
  ]);
  const settings = settingsNow(stored, workflow);
  const caseKey = keyOf(workflow, case_.input as JsonObject);
  const release = shape === null ? null : { shape, team: workflow.team, nowMs: ports.clock.nowMs() };
  return { workflow, definition, case: case_, action, request, settings, caseKey, release, takeBack };
}

async function perform(
  ports: PerformActionPorts,
  subject: PerformedAction,
  permission: Permission & { kind: 'perform' },
  ending: Ending | null,
): Promise<ActionOutcome> {
  const noted = await noteIntent(ports, subject);
  if ('refused' in noted) return noted.refused;
  const { cursor, entries, intended: action } = noted;
  const startedAtMs = ports.clock.nowMs();
  const { definition, case: case_ } = subject;
  let result: JsonObject;
  try {
    const { idempotencyKey } = action;
    const { id, timeoutMs } = definition.connector;
    const context = { idempotencyKey, caseId: case_.id, workflow: case_.workflow };
    const call = ports.effects.perform(id, action.arguments, context);
    result = definition.connector.result.parse(await within(ports.clock, timeoutMs, call));
  } catch (error) {
    return failed(ports, { ...subject, action }, error, permission.isRepeat ? null : subject.action);
  }
  const tookMs = ports.clock.nowMs() - startedAtMs;
  const done = await noteDone(ports, subject, { result, tookMs, cursor, entries, ending });
  ports.telemetry.count('ActionsDone', 1, subject.workflow.id);
  await tellPeople(ports, subject);
  return { actionId: action.id, state: 'done', ...done };
}

type Noted =
  | { readonly cursor: Cursor; readonly entries: number; readonly intended: Action }
  | { readonly refused: ActionOutcome };

/**
 * Before each call: from here on it may have happened. @returns the action as it is now, and where the ledger stands.
 * `free`: whose intent it was, and that nothing came of it.
 */
async function noteIntent(
  ports: PerformActionPorts,
  subject: PerformedAction,
  free: Extract<Taken, { kind: 'free' }> | null = null,
): Promise<Noted> {
  const { action, case: case_, workflow } = subject;
  const use = useOfRelease(subject, ports.clock.nowMs());
  const { id: actionId, digest, idempotencyKey } = action;
  const atMs = ports.clock.nowMs();
  const counts = countsOf(subject, atMs);
  const events: CaseEvent[] = [...use.events, { type: 'action-intended', actionId, digest, idempotencyKey }];
  const intended: Action = { ...action, state: 'intended', begun: true, counted: holding(action.counted, counts) };
  try {
    const cursor = await ports.cases.commit({
      caseId: case_.id,
      workflow: case_.workflow,
      cursor: case_.ledger,
      atMs,
      events,
      actions: [{ action: intended, from: { states: [action.state], digest } }],
      whileRunning: workflow.id,
      ...intentOf(action, free),
      counts,
      ...use.part,
    });
    return { cursor, entries: events.length, intended };
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    if (error.kind === 'intent-taken' && free === null) return elseFree(ports, subject, Number(error.about));
    if (error.kind === 'cap-reached') return stopAtCap(ports, subject, error.about ?? '');
    if (error.kind === 'paused') return stopAtSwitch(ports, subject);
    // The question that follows finds it closed, and refuses the action.
    if (error.kind === 'intent-closed') throw new NeedsPersonError('A person has refused this in this case.');
    if (error.kind === 'shape-over') throw new NeedsPersonError('The yes that was remembered for this has just ended.');
    // Another run of this step got here first: look again at what it left.
    throw new PassingError(`Action ${actionId} is being carried out by another run of this step`);
  }
}

/** Another decision of the case came to the same: this one goes ahead only where nothing came of that. */
async function elseFree(ports: PerformActionPorts, subject: PerformedAction, round: number): Promise<Noted> {
  const taken = await whoHasIntent(ports.cases, subject, round);
  if (taken.kind === 'free') return noteIntent(ports, subject, taken);
  return { refused: await refuseAsTaken(ports, subject, taken.by) };
}

/** A call that may have been made already is nobody's to forget: a person looks. */
function stopAtSwitch(ports: PerformActionPorts, subject: PerformedAction): Promise<never> {
  if (subject.action.state === 'intended') return unsure(ports, subject, SWITCHED_OFF_MIDWAY);
  throw new NeedsPersonError('The workflow was switched off before this action.');
}

/** @param before the action before this run noted its intent; null where an earlier run had done so. */
async function failed(
  ports: PerformActionPorts,
  subject: PerformedAction,
  error: unknown,
  before: Action | null,
): Promise<ActionOutcome> {
  const problem = messageOf(error);
  // Of all that was tried, this one try certainly did nothing.
  const isUndone = error instanceof EffectError && before !== null;
  if (error instanceof EffectError && !error.isPassing) {
    return unsure(ports, subject, `It was not done: ${problem}`, isUndone ? before.counted : subject.action.counted);
  }
  if (isUndone) {
    await takeBackIntent(ports, subject, { before, problem });
    throw new PassingError(problem);
  }
  // The other side will know the key again: the state machine tries again, from `intended`.
  if (subject.definition.connector.idempotency === 'key') throw new PassingError(problem);
  return unsure(ports, subject, `Nobody knows whether it was done: ${problem}`);
}

/** It certainly did not happen. Without this, the next try could not tell it from a call that was broken off. */
async function takeBackIntent(
  ports: PerformActionPorts,
  { action, case: case_ }: PerformedAction,
  { before, problem }: { readonly before: Action; readonly problem: string },
): Promise<void> {
  await ports.cases.commit({
    caseId: case_.id,
    workflow: case_.workflow,
    cursor: null,
    atMs: ports.clock.nowMs(),
    events: [{ type: 'step-failed', step: `perform ${action.id}`, problem }],
    actions: [{ action: before, from: { states: ['intended'], digest: action.digest } }],
    uncounts: givenBack(action.counted, before.counted),
  });
}

/** @param counted what it goes on to hold under caps; without it, all that it holds. */
async function unsure(
  ports: PerformActionPorts,
  { action, case: case_ }: PerformedAction,
  problem: string,
  counted = action.counted,
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
          action: { ...action, state: 'unsure', reasons: [problem], counted },
          from: { states: ['intended'], digest: action.digest },
        },
      ],
      uncounts: givenBack(action.counted, counted),
    });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  throw new NeedsPersonError(problem);
}
