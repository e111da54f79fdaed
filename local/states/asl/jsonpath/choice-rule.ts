import type { Json, JsonObject } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';
import { runtimeFailure } from '../failure.ts';
import type { Scope } from '../scope.ts';
import { parseTimestamp } from '../timestamp.ts';
import { MissingPath } from './evaluate-path.ts';
import { lookUp } from './lookup.ts';
import { wildcardMatches } from './wildcard.ts';

/** Whether a rule of a JSONPath Choice state holds for the state's effective input. */
export function ruleHolds(rule: JsonObject, input: Json, scope: Scope): boolean {
  if (Array.isArray(rule['And']))
    return rule['And'].every((inner) => isObject(inner) && ruleHolds(inner, input, scope));
  if (Array.isArray(rule['Or'])) return rule['Or'].some((inner) => isObject(inner) && ruleHolds(inner, input, scope));
  if (isObject(rule['Not'])) return !ruleHolds(rule['Not'], input, scope);
  const comparison = Object.keys(rule).find((key) => COMPARISONS.has(key) || COMPARISONS.has(key.replace(/Path$/, '')));
  if (comparison === undefined) throw runtimeFailure('A choice rule compares nothing.');
  return compare(comparison, rule[comparison] ?? null, String(rule['Variable']), input, scope);
}

function compare(comparison: string, wanted: Json, variable: string, input: Json, scope: Scope): boolean {
  const value = valueOrMissing(variable, input, scope);
  if (comparison === 'IsPresent') return (value !== undefined) === wanted;
  if (value === undefined) {
    throw runtimeFailure(`Invalid path '${variable}': The choice state's condition path references an invalid value.`);
  }
  if (COMPARISONS.has(comparison)) return COMPARISONS.get(comparison)?.(value, wanted) ?? false;
  const other = valueOrMissing(String(wanted), input, scope);
  if (other === undefined) {
    throw runtimeFailure(
      `Invalid path '${String(wanted)}': The choice state's condition path references an invalid value.`,
    );
  }
  return COMPARISONS.get(comparison.replace(/Path$/, ''))?.(value, other) ?? false;
}

function valueOrMissing(path: string, input: Json, scope: Scope): Json | undefined {
  try {
    return lookUp(path, input, scope);
  } catch (error) {
    if (error instanceof MissingPath) return undefined;
    throw error;
  }
}

type Comparison = (value: Json, wanted: Json) => boolean;

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['BooleanEquals', (value, wanted) => typeof value === 'boolean' && value === wanted],
  ['IsBoolean', (value, wanted) => (typeof value === 'boolean') === wanted],
  ['IsNull', (value, wanted) => (value === null) === wanted],
  ['IsNumeric', (value, wanted) => (typeof value === 'number') === wanted],
  ['IsPresent', (_value, wanted) => wanted === true],
  ['IsString', (value, wanted) => (typeof value === 'string') === wanted],
  ['IsTimestamp', (value, wanted) => (typeof value === 'string' && parseTimestamp(value) !== null) === wanted],
  [
    'StringMatches',
    (value, wanted) => typeof value === 'string' && typeof wanted === 'string' && wildcardMatches(wanted, value),
  ],
  ...ordered('Numeric', (value) => (typeof value === 'number' ? value : null)),
  ...ordered('String', (value) => (typeof value === 'string' ? value : null)),
  ...ordered('Timestamp', (value) => (typeof value === 'string' ? parseTimestamp(value) : null)),
]);

/** The five comparisons of a type; values of another type never match. */
function ordered(prefix: string, read: (value: Json) => string | number | null): [string, Comparison][] {
  const comparison = (test: (a: string | number, b: string | number) => boolean): Comparison => {
    return (value, wanted) => {
      const [a, b] = [read(value), read(wanted)];
      return a !== null && b !== null && test(a, b);
    };
  };
  return [
    [`${prefix}Equals`, comparison((a, b) => a === b)],
    [`${prefix}LessThan`, comparison((a, b) => a < b)],
    [`${prefix}LessThanEquals`, comparison((a, b) => a <= b)],
    [`${prefix}GreaterThan`, comparison((a, b) => a > b)],
    [`${prefix}GreaterThanEquals`, comparison((a, b) => a >= b)],
  ];
}

/** What a comparison of that name takes: a value of a type, or a path to one; null for a name that is none. */
export function comparisonKind(name: string): 'boolean' | 'number' | 'string' | 'timestamp' | 'path' | null {
  if (COMPARISONS.has(name)) return valueKind(name);
  return name.endsWith('Path') && PATH_COMPARISON.test(name) ? 'path' : null;
}

const PATH_COMPARISON =
  /^(Boolean|Numeric|String|Timestamp)(Equals|LessThan|GreaterThan|LessThanEquals|GreaterThanEquals)Path$/;

function valueKind(name: string): 'boolean' | 'number' | 'string' | 'timestamp' {
  if (name.startsWith('Is') || name.startsWith('Boolean')) return 'boolean';
  if (name.startsWith('Numeric')) return 'number';
  return name.startsWith('Timestamp') ? 'timestamp' : 'string';
}
