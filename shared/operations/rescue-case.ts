import * as z from 'zod';
import type { Case } from '../contracts/index.ts';
import type { Executions, Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';
import { caseIdIn, executionNameOf } from './start-again.ts';
import { CaseStart } from './step-contracts.ts';
import { type WithdrawPorts, withdrawRequests } from './withdraw-requests.ts';

/** An execution of the machine `case` that ended without its own handling. */
export const FailedExecution = z.object({
  name: z.string(),
  status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']),
  error: z.string().nullable(),
  cause: z.string().nullable(),
  input: z.string().nullable(),
});

const RESCUE_SUFFIX = '-rescue';

/**
 * The net under every Catch: starts the case again, by the version that it began with, at the point where a person is asked
 * what to do. Once only.
 */
export const rescueCase = operation({
  name: 'rescue-case',
  input: FailedExecution,
  async run(
    ports: WithdrawPorts & { executions: Executions; telemetry: Telemetry },
    failed,
  ): Promise<{ rescued: boolean }> {
    if (failed.name.endsWith(RESCUE_SUFFIX))
      throw new Error(`The rescue of case ${failed.name} failed too: ${failed.error ?? failed.status}`);
    const case_ = await ports.cases.get(caseIdIn(failed.name));
    const start = case_ === null || isResumed(failed) ? startOf(failed) : restartOf(case_);
    if (start !== null && start.failure !== null) throw new Error(`The rescue of case ${failed.name} failed too`);
    ports.telemetry.count('Errors', 1, start?.workflow ?? 'unknown');
    ports.telemetry.log('case-rescued', {
      caseId: failed.name,
      workflow: start?.workflow ?? null,
      status: failed.status,
    });
    if (start === null && (case_ === null || isResumed(failed))) {
      // EventBridge leaves large inputs out. Failing keeps the event among the dead letters.
      throw new Error(`Case ${failed.name} cannot be started again: the input of its execution is not known`);
    }
    if (start === null) return { rescued: false };
    if (case_ !== null)
      await withdrawRequests(ports, case_, 'The work on this case stopped; it is put to people anew.');
    const problem = `${failed.error ?? failed.status}: ${failed.cause ?? 'no cause given'}`.slice(0, 1_000);
    const rescue = { ...start, failure: { step: 'execution', problem } };
    await ports.executions.startLike(rescue.caseId, executionNameOf(rescue), rescue);
    return { rescued: true };
  },
});

/** It was not the first execution of its case, so only its input says what it was for. */
function isResumed({ name }: z.infer<typeof FailedExecution>): boolean {
  return name !== caseIdIn(name);
}

/** The case broke before it was opened: begin with what the execution was given. */
function startOf({ input }: z.infer<typeof FailedExecution>): CaseStart | null {
  return input === null ? null : CaseStart.parse(JSON.parse(input));
}

function restartOf(known: Case): CaseStart | null {
  if (known.state === 'closed') return null;
  const { id: caseId, workflow, trigger, eventId, input, problems, openedAtMs, causedBy } = known;
  return {
    caseId,
    workflow,
    trigger,
    eventId,
    input,
    problems,
    receivedAt: new Date(openedAtMs).toISOString(),
    failure: null,
    causedBy,
    resume: null,
  };
}
