/** A moment as clocks on the wall show it in a time zone, written as if it were UTC. */
export type WallMs = number;

export function isTimeZone(timeZone: string): boolean {
  try {
    formatter(timeZone);
    return true;
  } catch {
    return false;
  }
}

export function wallOf(instantMs: number, timeZone: string): WallMs {
  if (timeZone === 'UTC') return instantMs;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter(timeZone).formatToParts(instantMs)) parts[type] = Number(value);
  const part = (name: string): number => parts[name] ?? 0;
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) +
    (((instantMs % 1000) + 1000) % 1000)
  );
}

/**
 * The first moment at which clocks show `wallMs`: null for a time that is left out when clocks go forward; of one that
 * comes twice when they go back, the first.
 */
export function instantOf(wallMs: WallMs, timeZone: string): number | null {
  if (timeZone === 'UTC') return wallMs;
  const offsets = [wallMs - DAY_MS, wallMs + DAY_MS].map((nearMs) => wallOf(nearMs, timeZone) - nearMs);
  const instants = offsets.map((offsetMs) => wallMs - offsetMs).filter((ms) => wallOf(ms, timeZone) === wallMs);
  return instants.length === 0 ? null : Math.min(...instants);
}

const DAY_MS = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  let known = formatters.get(timeZone);
  if (known === undefined) {
    known = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, known);
  }
  return known;
}
