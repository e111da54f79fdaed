/** A moment as people say it, always with its zone: `today 17:30 CET`, `Tue 4 Nov 2026, 17:30 CET`. Unknown zones read as UTC. */
export function moment(atMs: number, nowMs: number, timeZone: string): string {
  const clock = `${part(atMs, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })} ${zoneName(atMs, timeZone)}`;
  const name = dayName(atMs, nowMs, timeZone);
  return name === null ? `${day(atMs, timeZone)}, ${clock}` : `${name} ${clock}`;
}

/** The time of day where it is today: `14:20`; otherwise the moment as people say it. */
export function clockTime(atMs: number, nowMs: number, timeZone: string): string {
  const whole = moment(atMs, nowMs, timeZone);
  return whole.replace(/^today /, '');
}

/** A moment with its whole date: `Tue 4 Nov 2026, 17:30 CET`. */
export function fullMoment(atMs: number, timeZone: string): string {
  const clock = part(atMs, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${day(atMs, timeZone)}, ${clock} ${zoneName(atMs, timeZone)}`;
}

/** From when until when: whole days as days, with the last one, anything else as moments. */
export function stretch(fromMs: number, untilMs: number, timeZone: string): string {
  const isWhole = [fromMs, untilMs].every((atMs) => part(atMs, timeZone, { timeStyle: 'medium' }) === '00:00:00');
  return isWhole
    ? `from ${day(fromMs, timeZone)} to ${day(untilMs - 1, timeZone)}`
    : `from ${fullMoment(fromMs, timeZone)} until ${fullMoment(untilMs, timeZone)}`;
}

/** The distance to a moment in its largest unit, rounded down, but never to nothing: `in 3 h`, `12 min ago`, `now`. */
export function distance(atMs: number, nowMs: number): string {
  const words = span(Math.abs(atMs - nowMs));
  if (words === null) return 'now';
  return atMs > nowMs ? `in ${words}` : `${words} ago`;
}

/** For `<time datetime>`. */
export function isoMoment(atMs: number): string {
  return new Date(within(atMs)).toISOString();
}

function span(ms: number): string | null {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return null;
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

function dayName(atMs: number, nowMs: number, timeZone: string): string | null {
  const date = (ms: number): string => part(ms, timeZone, { dateStyle: 'short' });
  if (date(atMs) === date(nowMs)) return 'today';
  if (date(atMs) === date(nowMs + 86_400_000)) return 'tomorrow';
  return date(atMs) === date(nowMs - 86_400_000) ? 'yesterday' : null;
}

function day(atMs: number, timeZone: string): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  return part(atMs, timeZone, options).replace(',', '');
}

function zoneName(atMs: number, timeZone: string): string {
  const parts = format(timeZone, { hour: 'numeric', timeZoneName: 'short' }).formatToParts(within(atMs));
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

function part(atMs: number, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return format(timeZone, options).format(within(atMs));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once of each kind: a list of cases takes hundreds, and making one takes longer than all that it is used for. */
function format(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([timeZone, options]);
  const known = formats.get(key) ?? made(timeZone, options);
  formats.set(key, known);
  return known;
}

function made(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}

/** A page never fails for a moment that no calendar has. */
function within(atMs: number): number {
  return Number.isFinite(atMs) && Math.abs(atMs) <= 8.64e15 ? atMs : 0;
}
