import type { Condition } from './policy.ts';
import { matchesArn, matchesWildcard } from './wildcard.ts';

/** The facts that conditions look at, by lower-case key; values are always lists. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** `unknown` carries why the condition could not be judged; the caller treats it as the safe side. */
export type ConditionOutcome = { readonly met: boolean } | { readonly unknown: string };

/** Judges one condition of a statement. */
export function judgeCondition(condition: Condition, context: Context): ConditionOutcome {
  const { quantifier, base, ifExists } = operatorParts(condition.operator);
  const key = condition.key.toLowerCase();
  const present = context.get(key);
  const operator = OPERATORS[base];
  if (operator === undefined && base !== 'Null') {
    return { unknown: `the condition operator ${condition.operator} is not known` };
  }
  if (present === undefined && !KNOWN_KEYS.has(key)) {
    return { unknown: `the condition key ${condition.key} is not known` };
  }
  if (operator === undefined) return { met: condition.values.includes(String(present === undefined)) };
  if (condition.values.some((value) => value.includes('${'))) {
    return { unknown: `the policy variable in ${condition.values.join(', ')} is not known` };
  }
  if (present === undefined)
    return { met: ifExists || quantifier === 'ForAllValues' || (operator.isNegated && quantifier === null) };
  const holds = (actual: string): boolean => holdsFor(operator, condition.values, actual);
  return { met: quantifier === 'ForAllValues' ? present.every(holds) : present.some(holds) };
}

/** Keys that some call has. One that none here ever has may have a value on AWS, so it is not taken for missing. */
const KNOWN_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'cloudwatch:namespace',
  'dynamodb:enclosingoperation',
  'dynamodb:leadingkeys',
  'events:source',
  'ses:fromaddress',
  'ses:fromdisplayname',
  'ses:recipients',
  'states:statemachinequalifier',
]);

function operatorParts(operator: string): OperatorParts {
  const [, quantifier, base = operator, suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(operator) ?? [];
  return { quantifier: quantifier ?? null, base, ifExists: suffix !== undefined };
}

/** A negated operator needs every value to differ, any other needs one value to match. */
function holdsFor(operator: Operator, values: readonly string[], actual: string): boolean {
  return operator.isNegated
    ? !values.some((value) => operator.matches(value, actual))
    : values.some((value) => operator.matches(value, actual));
}

const equals = (value: string, actual: string): boolean => value === actual;
const equalsInAnyCase = (value: string, actual: string): boolean => value.toLowerCase() === actual.toLowerCase();
const numberHolds = (test: (actual: number, value: number) => boolean): Operator['matches'] => {
  return (value, actual) => test(Number(actual), Number(value));
};
const dateHolds = (test: (actual: number, value: number) => boolean): Operator['matches'] => {
  return (value, actual) => test(Date.parse(actual), Date.parse(value));
};

function plain(matches: Operator['matches']): Operator {
  return { matches, isNegated: false };
}

function negated(matches: Operator['matches']): Operator {
  return { matches, isNegated: true };
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: plain(equals),
  StringNotEquals: negated(equals),
  StringEqualsIgnoreCase: plain(equalsInAnyCase),
  StringNotEqualsIgnoreCase: negated(equalsInAnyCase),
  StringLike: plain(matchesWildcard),
  StringNotLike: negated(matchesWildcard),
  ArnEquals: plain(matchesArn),
  ArnLike: plain(matchesArn),
  ArnNotEquals: negated(matchesArn),
  ArnNotLike: negated(matchesArn),
  Bool: plain(equalsInAnyCase),
  NumericEquals: plain(numberHolds((actual, value) => actual === value)),
  NumericNotEquals: negated(numberHolds((actual, value) => actual === value)),
  NumericLessThan: plain(numberHolds((actual, value) => actual < value)),
  NumericLessThanEquals: plain(numberHolds((actual, value) => actual <= value)),
  NumericGreaterThan: plain(numberHolds((actual, value) => actual > value)),
  NumericGreaterThanEquals: plain(numberHolds((actual, value) => actual >= value)),
  DateLessThan: plain(dateHolds((actual, value) => actual < value)),
  DateGreaterThan: plain(dateHolds((actual, value) => actual > value)),
};

interface Operator {
  readonly matches: (value: string, actual: string) => boolean;
  readonly isNegated: boolean;
}

interface OperatorParts {
  readonly quantifier: string | null;
  readonly base: string;
  readonly ifExists: boolean;
}
