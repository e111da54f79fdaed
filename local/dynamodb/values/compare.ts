import { type AttributeMap, type AttributeValue, attributeOf, typeOf } from './attribute-value.ts';
import { compareNumbers } from './decimal.ts';

/** Equality as in `=`: same type and same value; sets regardless of order. */
export function valuesEqual(left: AttributeValue, right: AttributeValue): boolean {
  if ('S' in left) return 'S' in right && left.S === right.S;
  if ('N' in left) return 'N' in right && left.N === right.N;
  if ('B' in left) return 'B' in right && left.B === right.B;
  if ('BOOL' in left) return 'BOOL' in right && left.BOOL === right.BOOL;
  if ('NULL' in left) return 'NULL' in right;
  if ('SS' in left) return 'SS' in right && sameMembers(left.SS, right.SS);
  if ('NS' in left) return 'NS' in right && sameMembers(left.NS, right.NS);
  if ('BS' in left) return 'BS' in right && sameMembers(left.BS, right.BS);
  if ('L' in left) return 'L' in right && listsEqual(left.L, right.L);
  return 'M' in right && mapsEqual(left.M, right.M);
}

/** Order as for `<`, of two values of one type S, N or B; null where there is none. */
export function orderOf(left: AttributeValue, right: AttributeValue): number | null {
  if ('S' in left && 'S' in right) return Buffer.compare(Buffer.from(left.S), Buffer.from(right.S));
  if ('N' in left && 'N' in right) return compareNumbers(left.N, right.N);
  if ('B' in left && 'B' in right) {
    return Buffer.compare(Buffer.from(left.B, 'base64'), Buffer.from(right.B, 'base64'));
  }
  return null;
}

/** `{S:x}`, as error texts show a value. */
export function showValue(value: AttributeValue): string {
  const type = typeOf(value);
  const [shown] = Object.values(value) as unknown[];
  return `{${type}:${typeof shown === 'object' ? JSON.stringify(shown) : String(shown)}}`;
}

function sameMembers(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false;
  const members = new Set(left);
  return right.every((member) => members.has(member));
}

function listsEqual(left: readonly AttributeValue[], right: readonly AttributeValue[]): boolean {
  if (left.length !== right.length) return false;
  return left.every((entry, index) => {
    const other = right[index];
    return other !== undefined && valuesEqual(entry, other);
  });
}

function mapsEqual(left: AttributeMap, right: AttributeMap): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => {
    const [mine, other] = [attributeOf(left, name), attributeOf(right, name)];
    return mine !== undefined && other !== undefined && valuesEqual(mine, other);
  });
}
