const DAY_MS = 86_400_000;

/** Steps are chased until so many calendar days after the first one. */
export const ONBOARDING_DAYS = 30;

/**
 * Dates are ISO dates without a time. Working days are Monday to Friday everywhere: public holidays, and countries whose
 * weekend is another, are not known here, so owners see each date and may change it.
 */
export function isWorkingDay(date: string): boolean {
  const day = new Date(Date.parse(date)).getUTCDay();
  return day !== 0 && day !== 6;
}

/** The date itself, or the next working day after it. */
export function workingDayFrom(date: string): string {
  return isWorkingDay(date) ? date : workingDayFrom(plusDays(date, 1));
}

/** So many working days after a date; before it where `days` is below zero. */
export function plusWorkingDays(date: string, days: number): string {
  if (days === 0) return date;
  const next = plusDays(date, Math.sign(days));
  return plusWorkingDays(next, isWorkingDay(next) ? days - Math.sign(days) : days);
}

/** Working days after `from` up to and with `to`; below zero where `to` is earlier. */
export function workingDaysBetween(from: string, to: string): number {
  if (to < from) return -workingDaysBetween(to, from);
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
  const whole = Math.floor(days / 7);
  const rest = Array.from({ length: days % 7 }, (_, at) => plusDays(from, whole * 7 + at + 1));
  return whole * 5 + rest.filter(isWorkingDay).length;
}

export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}
