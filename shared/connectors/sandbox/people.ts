import * as z from 'zod';
import type { JsonObject } from '../../contracts/index.ts';
import { EffectError } from '../../ports/index.ts';
import type { ActionImplementation, SourceImplementation } from '../implementation.ts';
import {
  Colleague,
  moveStep,
  openSteps,
  remindOfStep,
  settleStep,
  type stepOnFile,
  teamDirectory,
  withdrawReminder,
} from './people-definition.ts';
import type { SandboxRecord, SandboxStore } from './store.ts';
import { worldFile } from './world-file.ts';

/** The list of all steps that are open; what stands on it is chased once its date is over. */
const OPEN_STEPS = 'open-steps';

/** Days of peace after somebody was reminded of a step. */
const QUIET_DAYS = 2;

/** Calendar days from the first one for which steps are on the schedule. */
const ONBOARDING_DAYS = 30;

const DAY_MS = 86_400_000;

export interface PeoplePorts {
  readonly sandbox: SandboxStore;
  readonly clock: { nowMs(): number };
}

/** People by team. */
const PeopleWorld = z.object({ teams: z.record(z.string(), z.array(Colleague)) });

export function readTeam(assets: Parameters<typeof worldFile>[0]): SourceImplementation {
  const worldOf = worldFile(assets, PeopleWorld);
  return async (args, { workflow }) => {
    const { team } = teamDirectory.arguments.parse(args);
    const teams = (await worldOf(workflow))?.teams ?? {};
    const colleagues = Object.hasOwn(teams, team) ? teams[team] : undefined;
    return { found: colleagues !== undefined, colleagues: colleagues ?? [] };
  };
}

/** A step as it is kept. */
const Kept = z.object({
  hireId: z.string(),
  stepId: z.string(),
  hire: z.string(),
  email: z.string(),
  startDate: z.iso.date(),
  title: z.string(),
  owner: z.string(),
  due: z.iso.date(),
  state: z.enum(['open', 'done', 'left']),
  remindedTimes: z.int().min(0),
  movedTimes: z.int().min(0),
  chasedOn: z.iso.date().nullable(),
  /** What was written beside it, by whomever; the newest last. */
  note: z.string(),
});
type Kept = z.infer<typeof Kept>;

export function readStep({ sandbox }: PeoplePorts): SourceImplementation {
  return async (args): Promise<z.infer<typeof stepOnFile.data>> => {
    const kept = await stepOf(sandbox, args);
    if (kept === null) return { state: 'unknown', due: null, remindedTimes: 0, movedTimes: 0 };
    const { state, due, remindedTimes, movedTimes } = kept;
    return { state, due, remindedTimes, movedTimes };
  };
}

/** Open steps whose date is over, or whose time is, and of which nobody was reminded lately; as of now. */
export function listDueSteps({ sandbox, clock }: PeoplePorts): () => Promise<readonly JsonObject[]> {
  return async () => {
    const today = dateOf(clock.nowMs());
    const open = (await sandbox.onList(OPEN_STEPS)).flatMap((record) => Kept.safeParse(record).data ?? []);
    return open
      .filter(({ state, due, startDate }) => state === 'open' && (due < today || isOver(startDate, today)))
      .filter(({ chasedOn }) => chasedOn === null || daysFrom(chasedOn, today) >= QUIET_DAYS)
      .map(({ state: _state, chasedOn: _chasedOn, ...step }) => ({ ...step, today }));
  };
}

export function open({ sandbox, clock }: PeoplePorts): ActionImplementation {
  return async (args, { idempotencyKey, caseId }) => {
    const { hireId, hire, email, startDate, steps } = openSteps.arguments.parse(args);
    const kept = await Promise.all(
      steps.map(async ({ id, ...step }): Promise<Kept> => {
        const known = await stepOf(sandbox, { hireId, stepId: id });
        const fresh = { state: 'open', remindedTimes: 0, movedTimes: 0, chasedOn: null, note: '' } as const;
        return { ...fresh, ...known, ...{ hireId, stepId: id, hire, email, startDate, ...step } };
      }),
    );
    const [first = null, ...others] = kept.map(recordOf);
    const opened = kept.filter(({ state }) => state === 'open').length;
    return sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: openSteps.id },
      ...{ result: { opened }, atMs: clock.nowMs(), record: first, others },
    });
  };
}

export const remind = changing(remindOfStep.id, (step, _args, { today, idempotencyKey }) => ({
  step: { ...step, remindedTimes: step.remindedTimes + 1, chasedOn: today },
  result: { reminderId: idempotencyKey },
}));

export const unremind = changing(withdrawReminder.id, (step, { stepId = '' }) => ({
  step: { ...step, remindedTimes: Math.max(0, step.remindedTimes - 1) },
  result: { stepId },
}));

export const move = changing(moveStep.id, (step, args, { today }) => {
  const { due } = moveStep.arguments.parse(args);
  return { step: { ...step, due, movedTimes: step.movedTimes + 1, chasedOn: today }, result: { due } };
});

export const settle = changing(settleStep.id, (step, args) => {
  const { state } = settleStep.arguments.parse(args);
  return { step: { ...step, state }, result: { state } };
});

/** A step in another state, for an effect that settles it on the way; null where there is no such step. */
export async function stepIn(
  sandbox: SandboxStore,
  key: { readonly hireId: string; readonly stepId: string },
  state: Kept['state'],
): Promise<SandboxRecord | null> {
  const step = await stepOf(sandbox, key);
  return step === null ? null : recordOf({ ...step, state });
}

type Change = (
  step: Kept,
  args: JsonObject,
  context: { readonly today: string; readonly idempotencyKey: string },
) => { readonly step: Kept; readonly result: JsonObject };

/** An action on a step that is on file; on one that is not it does nothing but say so. */
function changing(connector: string, change: Change): (ports: PeoplePorts) => ActionImplementation {
  return ({ sandbox, clock }) =>
    async (args, { idempotencyKey, caseId }) => {
      const step = await stepOf(sandbox, args);
      if (step === null) {
        const key = `${String(args['hireId'])}/${String(args['stepId'])}`;
        throw new EffectError(`There is no such step: ${key}`, { isPassing: false });
      }
      const changed = change(step, args, { today: dateOf(clock.nowMs()), idempotencyKey });
      return sandbox.perform({
        ...{ idempotencyKey, caseId, arguments: args, connector, result: changed.result },
        ...{ atMs: clock.nowMs(), record: recordOf(changed.step) },
      });
    };
}

function recordOf(step: Kept): SandboxRecord {
  const onList = step.state === 'open' ? { list: OPEN_STEPS } : {};
  return { kind: 'step', key: `${step.hireId}/${step.stepId}`, fields: step, ...onList };
}

async function stepOf(sandbox: SandboxStore, args: JsonObject): Promise<Kept | null> {
  const record = await sandbox.record('step', `${String(args['hireId'])}/${String(args['stepId'])}`);
  return record === null ? null : Kept.parse(record);
}

function isOver(startDate: string, today: string): boolean {
  return daysFrom(startDate, today) >= ONBOARDING_DAYS;
}

function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
