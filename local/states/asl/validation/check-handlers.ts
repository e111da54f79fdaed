import type { Json, JsonObject } from '../../../kernel/service.ts';
import type { QueryLanguage } from '../definition.ts';
import { isObject } from '../definition.ts';
import { STATES_ERROR } from '../failure.ts';
import {
  checkInteger,
  checkNumber,
  checkOneOf,
  checkPayload,
  checkReferencePath,
  checkRequired,
} from './check-values.ts';
import { checkVariables } from './check-variables.ts';
import type { Report } from './report.ts';

/** Retry and Catch of a state. */
export function checkHandlers(state: JsonObject, language: QueryLanguage, location: string, report: Report): void {
  checkList(state['Retry'], `${location}/Retry`, report, (retrier, at) => checkRetrier(retrier, at, report));
  checkList(state['Catch'], `${location}/Catch`, report, (catcher, at) => checkCatcher(catcher, language, at, report));
}

function checkList(
  list: Json | undefined,
  location: string,
  report: Report,
  checkOne: (item: JsonObject, at: string) => void,
): void {
  if (list === undefined) return;
  if (!Array.isArray(list)) {
    report.error(location, 'Value must be an array');
    return;
  }
  for (const [i, item] of list.entries()) {
    const at = `${location}[${i}]`;
    if (!isObject(item)) report.error(at, 'Value must be an object');
    else {
      checkErrorEquals(item, i === list.length - 1, at, report);
      checkOne(item, at);
    }
  }
}

function checkErrorEquals(item: JsonObject, isLast: boolean, location: string, report: Report): void {
  const names = item['ErrorEquals'];
  if (names === undefined) {
    checkRequired(item, ['ErrorEquals'], location, report);
    return;
  }
  if (Array.isArray(names) && names.length === 0) {
    report.error(`${location}/ErrorEquals`, 'Value cannot be empty');
    return;
  }
  if (!Array.isArray(names) || names.some((name) => typeof name !== 'string')) {
    report.error(`${location}/ErrorEquals`, 'Value must be an array of strings');
    return;
  }
  if (names.includes(STATES_ERROR.all) && (names.length > 1 || !isLast)) {
    report.error(`${location}/ErrorEquals`, 'States.ALL must appear alone and at end of list');
  }
}

const RETRIER_FIELDS = new Set([
  'BackoffRate',
  'Comment',
  'ErrorEquals',
  'IntervalSeconds',
  'JitterStrategy',
  'MaxAttempts',
  'MaxDelaySeconds',
]);
const MOST_ATTEMPTS = 99_999_999;
const LONGEST_DELAY_SECONDS = 31_622_400;

function checkRetrier(retrier: JsonObject, location: string, report: Report): void {
  checkKnown(retrier, RETRIER_FIELDS, location, report);
  checkInteger(retrier['IntervalSeconds'], { min: 0, max: 99_999_999 }, `${location}/IntervalSeconds`, report);
  checkInteger(retrier['MaxAttempts'], { min: 0, max: MOST_ATTEMPTS }, `${location}/MaxAttempts`, report);
  checkNumber(retrier['BackoffRate'], { min: 1, max: Number.MAX_VALUE }, `${location}/BackoffRate`, report);
  checkInteger(
    retrier['MaxDelaySeconds'],
    { min: 1, max: LONGEST_DELAY_SECONDS },
    `${location}/MaxDelaySeconds`,
    report,
  );
  const [delay, interval] = [retrier['MaxDelaySeconds'], retrier['IntervalSeconds'] ?? 1];
  if (typeof delay === 'number' && typeof interval === 'number' && delay <= interval) {
    report.error(`${location}/MaxDelaySeconds`, 'MaxDelaySeconds must be greater than IntervalSeconds');
  }
  checkOneOf(retrier['JitterStrategy'], ['NONE', 'FULL'], `${location}/JitterStrategy`, report);
}

const CATCHER_FIELDS: Readonly<Record<QueryLanguage, ReadonlySet<string>>> = {
  JSONata: new Set(['Assign', 'Comment', 'ErrorEquals', 'Next', 'Output']),
  JSONPath: new Set(['Assign', 'Comment', 'ErrorEquals', 'Next', 'ResultPath']),
};

/** Expressions in catchers of JSONata states are checked with all other fields of the state. */
function checkCatcher(catcher: JsonObject, language: QueryLanguage, location: string, report: Report): void {
  checkKnown(catcher, CATCHER_FIELDS[language], location, report);
  checkRequired(catcher, ['Next'], location, report);
  checkVariables(catcher['Assign'], `${location}/Assign`, report);
  if (language === 'JSONata') return;
  checkReferencePath(catcher['ResultPath'], `${location}/ResultPath`, report);
  checkPayload(catcher['Assign'] ?? null, `${location}/Assign`, report);
}

function checkKnown(item: JsonObject, known: ReadonlySet<string>, location: string, report: Report): void {
  for (const name of Object.keys(item))
    if (!known.has(name)) report.error(`${location}/${name}`, `Field '${name}' is not supported`);
}
