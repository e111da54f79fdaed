import type { Json, JsonObject } from '../../../kernel/service.ts';
import type { QueryLanguage } from '../definition.ts';
import { isObject } from '../definition.ts';
import { comparisonKind } from '../jsonpath/choice-rule.ts';
import { parseTimestamp } from '../timestamp.ts';
import { checkComparedPath, checkPayload, checkRequired, isExpression, onlyOneOf } from './check-values.ts';
import { checkVariables } from './check-variables.ts';
import type { Report } from './report.ts';
import { wrongLanguage } from './state-fields.ts';

/** The rules of a Choice state. */
export function checkChoices(state: JsonObject, language: QueryLanguage, location: string, report: Report): void {
  const choices = state['Choices'];
  if (choices === undefined) return;
  if (!Array.isArray(choices) || choices.length === 0) {
    report.error(`${location}/Choices`, 'Value cannot be empty');
    return;
  }
  for (const [i, rule] of choices.entries()) {
    const at = `${location}/Choices[${i}]`;
    if (!isObject(rule)) report.error(at, 'A choice rule must be an object');
    else {
      checkRequired(rule, ['Next'], at, report);
      checkVariables(rule['Assign'], `${at}/Assign`, report);
      if (language === 'JSONata') checkCondition(rule, at, report);
      else checkRule(rule, RULE_FIELDS, at, report);
    }
  }
}

const CONDITION_FIELDS = new Set(['Assign', 'Comment', 'Condition', 'Next', 'Output']);

function checkCondition(rule: JsonObject, location: string, report: Report): void {
  const foreign = ['And', 'Or', 'Not', 'Variable'].find((name) => rule[name] !== undefined);
  if (foreign !== undefined) {
    report.error(location, wrongLanguage(foreign, 'JSONata'));
    return;
  }
  if (rule['Condition'] === undefined) report.error(location, ONE_SELECTOR);
  const condition = rule['Condition'];
  if (condition !== undefined && typeof condition !== 'boolean' && !isExpression(condition)) {
    report.error(`${location}/Condition`, 'Value must be a boolean or a JSONata expression');
  }
  for (const name of Object.keys(rule))
    if (!CONDITION_FIELDS.has(name)) report.error(`${location}/${name}`, `Field '${name}' is not supported`);
}

const ONE_SELECTOR = 'The object must have only one of the following fields, [And, Or, Not, Variable, Condition]';

const RULE_FIELDS: ReadonlySet<string> = new Set(['Assign', 'Comment', 'Next']);
const INNER_FIELDS: ReadonlySet<string> = new Set(['Comment']);

/** One comparison, or And, Or or Not of others; Next and Assign belong to the outermost alone. */
function checkRule(rule: JsonObject, beside: ReadonlySet<string>, location: string, report: Report): void {
  checkPayload(rule['Assign'] ?? null, `${location}/Assign`, report);
  if (rule['Condition'] !== undefined) {
    report.error(location, wrongLanguage('Condition', 'JSONPath'));
    return;
  }
  if (!beside.has('Next') && rule['Next'] !== undefined) {
    report.error(`${location}/Next`, "Field 'Next' is not supported");
    return;
  }
  const names = Object.keys(rule).filter((name) => !beside.has(name));
  const combiner = names.find((name) => name === 'And' || name === 'Or' || name === 'Not');
  if (combiner !== undefined) {
    if (names.length > 1) report.error(location, ONE_SELECTOR);
    for (const inner of innerRules(rule[combiner], combiner, location, report))
      checkRule(inner, INNER_FIELDS, `${location}/${combiner}`, report);
    return;
  }
  checkComparison(
    rule,
    names.filter((name) => name !== 'Variable'),
    location,
    report,
  );
}

function innerRules(value: Json | undefined, combiner: string, location: string, report: Report): JsonObject[] {
  const list = combiner === 'Not' ? [value ?? null] : Array.isArray(value) ? value : [];
  const rules = list.filter(isObject);
  if (rules.length === 0 || rules.length < list.length)
    report.error(`${location}/${combiner}`, 'There must be choice rules inside');
  return rules;
}

function checkComparison(rule: JsonObject, names: readonly string[], location: string, report: Report): void {
  if (rule['Variable'] === undefined) {
    report.error(location, ONE_SELECTOR);
    return;
  }
  checkComparedPath(rule['Variable'], `${location}/Variable`, report);
  const [name] = names;
  const kind = name === undefined ? null : comparisonKind(name);
  if (name === undefined || names.length > 1) {
    report.error(location, name === undefined ? NO_COMPARISON : onlyOneOf(names));
    return;
  }
  if (kind === null) {
    report.error(`${location}/${name}`, `Field '${name}' is not supported`);
    return;
  }
  const value = rule[name] ?? null;
  if (kind === 'path') checkComparedPath(value, `${location}/${name}`, report);
  else if (!isOfKind(value, kind)) report.error(`${location}/${name}`, `Value must be a ${kind}`);
}

const NO_COMPARISON = 'A choice rule must have one comparison';

function isOfKind(value: Json, kind: 'boolean' | 'number' | 'string' | 'timestamp'): boolean {
  return kind === 'timestamp' ? typeof value === 'string' && parseTimestamp(value) !== null : typeof value === kind;
}
