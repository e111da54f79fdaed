import { validationError } from '../errors.ts';

/**
 * A number of DynamoDB: `0.digits × 10^exponent`, at most 38 significant digits, without zeros at either end. Zero has no digits.
 */
export interface Decimal {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const MAX_DIGITS = 38;
const MAX_EXPONENT = 126;
export const MIN_EXPONENT = -129;

const CANONICAL_INTEGER = /^(?:0|-?[1-9]\d{0,37})$/;
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;

/** @throws ValidationException for text that is no number, or one out of range. */
export function parseDecimal(text: string): Decimal {
  const match = NUMBER.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (match === null || whole.length + fraction.length === 0) throw notANumber(text);
  return normalize(match[1] === '-', whole + fraction, whole.length + Number(match[4] ?? 0));
}

/** The number as DynamoDB gives it back: plain digits, no exponent, no needless zeros. */
export function canonicalNumber(text: string): string {
  return CANONICAL_INTEGER.test(text) ? text : formatDecimal(parseDecimal(text));
}

function formatDecimal({ isNegative, digits, exponent }: Decimal): string {
  if (digits === '') return '0';
  const sign = isNegative ? '-' : '';
  if (exponent <= 0) return `${sign}0.${'0'.repeat(-exponent)}${digits}`;
  if (exponent >= digits.length) return sign + digits.padEnd(exponent, '0');
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

/** Both numbers must be canonical. */
export function addNumbers(left: string, right: string): string {
  return formatDecimal(sum(parseDecimal(left), parseDecimal(right)));
}

/** Both numbers must be canonical. */
export function subtractNumbers(left: string, right: string): string {
  const taken = parseDecimal(right);
  return formatDecimal(sum(parseDecimal(left), { ...taken, isNegative: !taken.isNegative }));
}

/** Negative, 0 or positive, as for `sort`. Both numbers must be canonical. */
export function compareNumbers(left: string, right: string): number {
  if (left === right) return 0;
  if (left.length <= 15 && right.length <= 15) return Number(left) - Number(right);
  const difference = sumUnchecked(parseDecimal(left), negate(parseDecimal(right)));
  return difference.coefficient > 0n ? 1 : -1;
}

function sum(left: Decimal, right: Decimal): Decimal {
  const { coefficient, scale } = sumUnchecked(left, right);
  const isNegative = coefficient < 0n;
  const digits = String(isNegative ? -coefficient : coefficient);
  return normalize(isNegative, digits, digits.length + scale);
}

/** `coefficient × 10^scale` */
function sumUnchecked(left: Decimal, right: Decimal): { coefficient: bigint; scale: number } {
  const scale = Math.min(left.exponent - left.digits.length, right.exponent - right.digits.length);
  return { coefficient: scaled(left, scale) + scaled(right, scale), scale };
}

function scaled({ isNegative, digits, exponent }: Decimal, scale: number): bigint {
  if (digits === '') return 0n;
  const magnitude = BigInt(digits) * 10n ** BigInt(exponent - digits.length - scale);
  return isNegative ? -magnitude : magnitude;
}

function negate(decimal: Decimal): Decimal {
  return { ...decimal, isNegative: !decimal.isNegative };
}

function normalize(isNegative: boolean, allDigits: string, exponent: number): Decimal {
  const leading = /^0*/.exec(allDigits)?.[0].length ?? 0;
  const digits = allDigits.slice(leading).replace(/0+$/, '');
  if (digits === '') return { isNegative: false, digits, exponent: 0 };
  if (digits.length > MAX_DIGITS) {
    throw validationError('Attempting to store more than 38 significant digits in a Number');
  }
  const decimal = { isNegative, digits, exponent: exponent - leading };
  checkMagnitude(decimal.exponent);
  return decimal;
}

function checkMagnitude(exponent: number): void {
  if (exponent > MAX_EXPONENT) {
    throw validationError('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (exponent < MIN_EXPONENT) {
    throw validationError('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
}

function notANumber(text: string): Error {
  if (text === '') return validationError('The parameter cannot be converted to a numeric value');
  return validationError(`The parameter cannot be converted to a numeric value: ${text}`);
}
