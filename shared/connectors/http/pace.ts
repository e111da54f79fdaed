import type { Rate } from '../../authoring/index.ts';
import type { Clock } from '../../ports/index.ts';

const starts = new Map<string, number[]>();

/**
 * Waits until one more call keeps to the rate of a connector. It counts the calls of this process alone; over several,
 * the other side's 429 decides.
 */
export async function paced(
  clock: Clock,
  { id, rate }: { readonly id: string; readonly rate: Rate | null },
): Promise<void> {
  if (rate === null) return;
  for (;;) {
    const nowMs = clock.nowMs();
    const recent = (starts.get(id) ?? []).filter((atMs) => atMs <= nowMs && nowMs - atMs < rate.perMs);
    const [oldest] = recent;
    if (oldest === undefined || recent.length < rate.calls) {
      starts.set(id, [...recent, nowMs]);
      return;
    }
    await clock.sleep(oldest + rate.perMs - nowMs);
  }
}
