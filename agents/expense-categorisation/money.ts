/** The currency that the company keeps its books in. */
export const OWN_CURRENCY = 'EUR';

/** Below the first amount nobody is asked, above the second always; both in minor units of the own currency. */
export const LIMITS = { small: 10_000, large: 100_000 } as const;

export type Size = 'small' | 'middle' | 'large';

/** Small below 100.00, large above 1,000.00. A refund has the size of what comes back. */
export function sizeOf(amountMinor: number): Size {
  const amount = Math.abs(amountMinor);
  if (amount < LIMITS.small) return 'small';
  return amount > LIMITS.large ? 'large' : 'middle';
}

/**
 * `84.5` and `84.50` in EUR are 8450; null for what is no such number. Thousands have no sign between them, and there is no
 * comma: what could be read in two ways is not read.
 */
export function minorUnits(amount: string, currency: string): number | null {
  const found = /^(-?)(\d{1,9})(?:\.(\d{1,3}))?$/.exec(amount.trim());
  const digits = digitsOf(currency);
  if (found === null || digits === null) return null;
  const [, sign, whole = '', fraction = ''] = found;
  if (fraction.length > digits) return null;
  const minor = Number(whole + fraction.padEnd(digits, '0'));
  return sign === '-' && minor !== 0 ? -minor : minor;
}

export function amountWords(minor: number, currency: string): string {
  const digits = digitsOf(currency) ?? 2;
  return `${(minor / 10 ** digits).toFixed(digits)} ${currency}`;
}

/** How many make a whole one hangs on the currency; null for what is none. */
function digitsOf(currency: string): number | null {
  if (!/^[A-Z]{3}$/.test(currency)) return null;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
