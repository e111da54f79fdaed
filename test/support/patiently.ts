import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  /** What is waited for, as the failure names it. */
  readonly what?: string;
  /** Default: a minute. Long, because a busy machine is no failure; a test that passes never waits for it. */
  readonly forMs?: number;
  /** Default: 50 ms. */
  readonly everyMs?: number;
}

/** So much of what was found last is told. */
const MOST_TOLD = 5_000;

/** Looks again and again until what it finds is wanted. @throws with what it found last */
export async function patiently<T>(
  look: () => T | Promise<T>,
  isWanted: (found: T) => boolean,
  { what = 'what the test wants', forMs = 60_000, everyMs = 50 }: Patience = {},
): Promise<T> {
  const deadline = performance.now() + forMs;
  for (;;) {
    const found = await look();
    if (isWanted(found)) return found;
    if (performance.now() > deadline) {
      throw new Error(`Waited in vain for ${what}, at ${JSON.stringify(found, null, 1)?.slice(0, MOST_TOLD)}`);
    }
    await sleep(everyMs);
  }
}

/** Looks again and again until there is something. */
export async function untilThere<T>(
  look: () => Promise<T | null | undefined>,
  what: string,
  patience: Patience = {},
): Promise<T> {
  const isThere = (found: T | null | undefined): boolean => found !== null && found !== undefined;
  return (await patiently(look, isThere, { ...patience, what })) as T;
}

/** Looks again and again until it is so. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, patience: Patience = {}) {
  await patiently(holds, (isSo) => isSo, { ...patience, what });
}
