import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { ask, MAIL } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../test/support/lead-case.ts';
import { APPROVER, DEPUTY } from '../../test/support/leads.ts';
import type { MemoryPorts } from '../../test/support/memory-ports.ts';
import type { RequestId } from '../contracts/index.ts';
import { verifyChain } from '../domain/ledger.ts';
import { type AnswerReceipt, answerRequest } from './answer-request.ts';
import { performAction } from './perform-action.ts';
import { remindRequest } from './remind-request.ts';
import { rescueCase } from './rescue-case.ts';
import { settleRequest } from './settle-request.ts';

const SEEDS = 1_000;
const OUTSIDE = ['cases', 'requests', 'tokens', 'executions', 'people', 'settings', 'sources', 'effects'] as const;

/** Ports whose every call waits for its turn, which the seed gives. */
function interleaved(ports: MemoryPorts, scheduler: fc.Scheduler): MemoryPorts {
  const wrapped = OUTSIDE.map((name) => [
    name,
    new Proxy(ports[name], {
      get(target, member) {
        const value: unknown = Reflect.get(target, member, target);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          await scheduler.schedule(Promise.resolve(), `${name}.${String(member)}`);
          return Reflect.apply(value, target, args);
        };
      },
    }),
  ]);
  return { ...ports, ...Object.fromEntries(wrapped) };
}

/** A question that the deputy has been asked too, one moment before its deadline. */
async function waiting() {
  const { ports } = await decidedLead();
  const requestId = await ask(ports);
  await remindRequest.run(ports, { requestId, because: 'time' });
  const request = await ports.requests.get(requestId);
  if (request === null) throw new Error('there is no question');
  ports.clock.advance(request.deadlineMs - ports.clock.nowMs() - 1);
  return { ports, requestId, request };
}

async function race(scheduler: fc.Scheduler) {
  const { ports, requestId, request } = await waiting();
  let workflow = leadQualification;
  const racing = { ...interleaved(ports, scheduler), findWorkflow: () => workflow };
  const turn = (name: string) => scheduler.schedule(Promise.resolve(), name);
  const send = (verb: 'approve' | 'reject', by: string): Promise<AnswerReceipt> =>
    answerRequest.run(racing, {
      ...{ requestId, verb, by, proof: 'mail-code', channel: 'page', digest: request.digest },
      ...{ reason: verb === 'reject' ? 'no' : '', edits: null, seen: '', onPageMs: null },
    });
  const expire = async (): Promise<void> => {
    await turn('deadline');
    ports.clock.advance(1);
    await settleRequest.run(racing, { requestId });
  };
  const stop = async (): Promise<void> => {
    await turn('stop');
    const failed = { name: CASE_ID, status: 'ABORTED', error: null, cause: null, input: null } as const;
    await rescueCase.run(racing, failed);
  };
  const redeploy = async (): Promise<void> => {
    await turn('redeploy');
    workflow = { ...leadQualification, title: 'Lead qualification, newer' };
  };
  const perform = async (): Promise<void> => {
    await turn('perform');
    await performAction.run(racing, { caseId: CASE_ID, actionId: MAIL }).catch((error: unknown) => {
      if (!(error instanceof Error && /NeedsPerson|Passing/.test(error.name))) throw error;
    });
  };
  const all = Promise.all([send('approve', APPROVER), send('reject', DEPUTY), expire(), stop(), redeploy(), perform()]);
  const [approve, reject] = await scheduler.waitFor(all);
  return { ports, requestId, approve, reject };
}

async function checkTruth({ ports, requestId, approve, reject }: Awaited<ReturnType<typeof race>>): Promise<void> {
  const ledger = await ports.cases.ledger(CASE_ID);
  expect(verifyChain(ledger).ok).toBe(true);
  const ends = ledger
    .map(({ event }) => event)
    .filter((event) => ENDS.has(event.type) && 'requestId' in event && event.requestId === requestId);
  expect(ends).toHaveLength(1);
  const [end] = ends;
  const stored = await ports.requests.get(requestId);
  const won = end?.type === 'request-answered' ? end.answer.verb : null;
  expect(stored?.answer?.verb ?? null).toBe(won);
  expect([approve.kind === 'answered', reject.kind === 'answered']).toEqual([won === 'approve', won === 'reject']);
  for (const receipt of [approve, reject]) {
    if (receipt.kind === 'settled') expect(receipt.request.answer?.verb ?? null).toBe(won);
    if (receipt.kind === 'expired') expect(won === null || ports.clock.nowMs() >= (stored?.deadlineMs ?? 0)).toBe(true);
  }
  const action = await ports.cases.action(CASE_ID, MAIL);
  const isDone = ports.effects.done.some(({ connector }) => connector === 'mail.send');
  if (isDone) expect([won, action?.state]).toEqual(['approve', 'done']);
  if (won !== 'approve') expect(action?.state).not.toBe('approved');
  // Whoever performs it later finds the same: once after a yes, never otherwise.
  const late = performAction.run(ports, { caseId: CASE_ID, actionId: MAIL });
  await ports.clock.finish(late).catch(() => undefined);
  const mails = ports.effects.done.filter(({ connector }) => connector === 'mail.send').length;
  expect(mails).toBe(won === 'approve' ? 1 : 0);
}

const ENDS: ReadonlySet<string> = new Set(['request-answered', 'request-expired', 'request-cancelled']);

it(`comes to one outcome, told truly, in ${SEEDS} races of yes, no, deadline, stop, redeploy and performing`, async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const raced = await race(scheduler);
      await checkTruth(raced);
      const request = await raced.ports.requests.get(raced.requestId as RequestId);
      const outcome = request?.answer?.verb ?? request?.state ?? 'none';
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    }),
    { numRuns: SEEDS, seed: 20_261_129 },
  );
  // Each way to end it did win, so that the race was one.
  expect([...seen.keys()].toSorted()).toEqual(['approve', 'cancelled', 'expired', 'reject']);
}, 120_000);
