import * as z from 'zod';
import { CaseId, Json, type JsonObject, Slug } from '../contracts/index.ts';
import type { Executions, StepStore, Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';
import { caseIdIn, startRun } from './start-again.ts';
import { CaseRef, CaseRun, type Failure } from './step-contracts.ts';
import { type WithdrawPorts, withdrawRequests } from './withdraw-requests.ts';

/** An execution of the machine `case` that ended without its own handling. */
export const FailedExecution = z.object({
  name: z.string(),
  status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']),
  error: z.string().nullable(),
  cause: z.string().nullable(),
  input: z.string().nullable(),
});
type FailedExecution = z.infer<typeof FailedExecution>;

export interface RescueCasePorts extends WithdrawPorts {
  readonly executions: Pick<Executions, 'startLike'>;
  readonly steps: StepStore;
  readonly telemetry: Telemetry;
}

const RESCUE_SUFFIX = '-rescue';

/**
 * The net under every Catch: starts the case again, by the version that it began with, at the point where a person is asked
 * what to do. Once only. What failed is noted with the case; the new execution is told the name of the error.
 */
export const rescueCase = operation({
  name: 'rescue-case',
  input: FailedExecution,
  async run(ports: RescueCasePorts, failed): Promise<{ rescued: boolean }> {
    if (failed.name.endsWith(RESCUE_SUFFIX))
      throw new Error(`The rescue of case ${failed.name} failed too: ${failed.error ?? failed.status}`);
    const begun = beginningOf(failed);
    if (begun !== null && begun.failure !== null) throw new Error(`The rescue of case ${failed.name} failed too`);
    const case_ = await ports.cases.get(caseIdIn(failed.name));
    ports.telemetry.count('Errors', 1, case_?.workflow ?? 'unknown');
    ports.telemetry.log('case-rescued', {
      caseId: failed.name,
      workflow: case_?.workflow ?? null,
      status: failed.status,
    });
    const failure = { step: 'execution', problem: failed.error ?? failed.status };
    if (case_ === null) return rescueUnopened(ports, failed, failure);
    if (isResumed(failed)) {
      if (begun === null) throw new UnknownStartError(failed);
    } else if (case_.state === 'closed') return { rescued: false };
    await withdrawRequests(ports, case_, 'The work on this case stopped; it is put to people anew.');
    await ports.steps.noteProblem(case_.id, failure.step, wordsFor(failed));
    const resume = isResumed(failed) ? (begun?.resume ?? null) : null;
    await startRun(ports.executions, case_, { failure, resume, turns: [], first: begun?.pinned?.first ?? [] });
    return { rescued: true };
  },
});

/** Failing keeps the event among the dead letters. */
class UnknownStartError extends Error {
  override readonly name = 'UnknownStartError';

  constructor({ name }: FailedExecution) {
    super(`Case ${name} cannot be started again: the input of its execution is not known`);
  }
}

/** As far as it says why it was started: machines of earlier versions are told other things beside that. */
const Beginning = z.object({
  failure: CaseRun.shape.failure.default(null),
  resume: CaseRun.shape.resume.default(null),
  pinned: CaseRef.pick({ first: true }).optional(),
});

/** EventBridge leaves large inputs out. */
function beginningOf({ input }: FailedExecution): z.infer<typeof Beginning> | null {
  return input === null ? null : Beginning.parse(JSON.parse(input));
}

/** It was not the first execution of its case, so only its input says what it was for. */
function isResumed({ name }: FailedExecution): boolean {
  return name !== caseIdIn(name);
}

/** A machine of an earlier version opens its cases itself: it begins again with what it was given. */
async function rescueUnopened(
  { executions }: RescueCasePorts,
  failed: FailedExecution,
  failure: Failure,
): Promise<{ rescued: boolean }> {
  const start = OpensItself.safeParse(JSON.parse(failed.input ?? 'null')).data as JsonObject | undefined;
  if (start === undefined || isResumed(failed)) throw new UnknownStartError(failed);
  await executions.startLike(failed.name, `${failed.name}${RESCUE_SUFFIX}`, { ...start, failure: { ...failure } });
  return { rescued: true };
}

const OpensItself = z.looseObject({ caseId: CaseId, workflow: Slug, input: Json });

function wordsFor({ error, status, cause }: FailedExecution): string {
  return `${error ?? status}: ${cause ?? 'no cause given'}`.slice(0, MOST_CHARACTERS);
}

const MOST_CHARACTERS = 1_000;
