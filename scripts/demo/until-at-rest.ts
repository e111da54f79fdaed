import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../command/problem.ts';
import type { RuntimeClient } from '../runtime/client.ts';
import { type ListedCase, listCases } from '../runtime/list-cases.ts';

const POLL_MS = 500;
/** Without any progress. */
const PATIENCE_MS = 120_000;
/** After so long nothing more is on its way: a line that stands twice in a file is one case. */
const QUIET_MS = 8_000;

/**
 * Cases of these workflows from a moment on, once all that there are, about so many, are closed or wait for a person.
 * @param onLook told how many do.
 */
export async function untilAtRest(
  runtime: RuntimeClient,
  { workflows, cases, sinceMs }: { workflows: readonly string[]; cases: number; sinceMs: number },
  onLook: (atRest: number) => void,
): Promise<readonly ListedCase[]> {
  let [most, lastMs] = [0, performance.now()];
  for (;;) {
    const lists = await Promise.all(workflows.map((id) => listCases(runtime, id, { most: MOST, sinceMs })));
    const found = lists.flat();
    const atRest = found.filter(({ state }) => state !== 'open').length;
    onLook(Math.min(atRest, cases));
    if (atRest > most) [most, lastMs] = [atRest, performance.now()];
    const quietMs = performance.now() - lastMs;
    if (atRest === found.length && (atRest >= cases || (atRest > 0 && quietMs > QUIET_MS))) return found;
    if (quietMs > PATIENCE_MS)
      throw new Problem(`Only ${most} of ${cases} cases came to rest: look at ${runtime.address.url}/_local/alarms`);
    await sleep(POLL_MS);
  }
}

const MOST = 1_000;
