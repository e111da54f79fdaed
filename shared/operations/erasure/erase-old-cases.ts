import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import type { CaseId } from '../../contracts/index.ts';
import type { RequestStore, Telemetry } from '../../ports/index.ts';
import { operation } from '../operation.ts';
import { type ErasePorts, eraseCase } from './erase-case.ts';

export interface EraseOldCasesPorts extends ErasePorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly requests: RequestStore;
  /** Days that what is personal is kept after a case was opened. */
  readonly retentionDays: number;
  readonly telemetry: Telemetry;
}

/** Days before the last one that are looked at again, for what could not be erased on its day. */
const LOOK_BACK_DAYS = 60;
const DAY_MS = 86_400_000;
/** Erased in one run; the next one goes on. Those that cannot be erased are no part of it, or they would stop it each day. */
const MOST_CASES = 500;

/**
 * Takes what is personal out of cases whose time is over. One that goes on still waits until it is closed. One that cannot
 * be erased keeps no other one back.
 * @throws NotErasedError after all others, where some could not be erased.
 */
export const eraseOldCases = operation({
  name: 'erase-old-cases',
  input: z.record(z.string(), z.never()),
  async run(ports: EraseOldCasesPorts): Promise<{ erased: number; waiting: number; failed: number }> {
    const done = { erased: 0, waiting: 0, failed: 0 };
    const lastMs = ports.clock.nowMs() - ports.retentionDays * DAY_MS;
    for (let back = LOOK_BACK_DAYS; back >= 0; back -= 1) {
      const day = new Date(lastMs - back * DAY_MS).toISOString().slice(0, 10);
      for (const caseId of await ports.erasures.openedOn(day)) {
        if (done.erased >= MOST_CASES) return told(ports, done);
        done[await eraseOne(ports, caseId, day)] += 1;
      }
    }
    return told(ports, done);
  },
});

interface Done {
  erased: number;
  waiting: number;
  failed: number;
}

function told({ telemetry }: Pick<EraseOldCasesPorts, 'telemetry'>, done: Done): Done {
  if (done.erased + done.failed > 0) telemetry.log('old-cases-erased', { ...done });
  if (done.failed > 0) throw new NotErasedError(done.failed);
  return done;
}

/** Told to whoever watches the function: what should be gone is there still. */
class NotErasedError extends Error {
  override readonly name = 'NotErasedError';

  constructor(cases: number) {
    super(`What is personal could not be taken out of ${cases} old case${cases === 1 ? '' : 's'}`);
  }
}

async function eraseOne(
  ports: EraseOldCasesPorts,
  caseId: CaseId,
  day: string,
): Promise<'erased' | 'waiting' | 'failed'> {
  try {
    const [case_, asked] = await Promise.all([ports.cases.get(caseId), ports.requests.ofCase(caseId)]);
    const workflow = case_ === null ? null : ports.findWorkflow(case_.workflow);
    if (case_ === null || workflow === null) throw new Error('the case or its workflow is not there');
    if (case_.state !== 'closed' || asked.some(({ state }) => state === 'open')) return 'waiting';
    const reason = `It is kept for ${ports.retentionDays} days.`;
    const wish = { by: 'remit', proof: null, reason, because: 'retention' as const };
    await eraseCase(ports, { case_, workflow }, { ...wish, foundBy: { openedOn: day } });
    return 'erased';
  } catch (error) {
    ports.telemetry.log('old-case-not-erased', { caseId, error: error instanceof Error ? error.name : 'unknown' });
    return 'failed';
  }
}
