const FORMAT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Milliseconds since the epoch for a date-time with `T` and an offset, as in `2026-11-23T17:40:18.123456789Z`;
 * null for anything else and for dates that do not exist.
 */
export function parseTimestamp(text: string): number | null {
  const match = FORMAT.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = '00', fraction = '0', offset = 'Z'] = match;
  const millis = fraction.padEnd(3, '0').slice(0, 3);
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}${offset}`);
  return Number.isNaN(atMs) ? null : atMs;
}
