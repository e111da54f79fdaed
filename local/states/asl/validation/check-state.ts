import type { Json, JsonObject } from '../../../kernel/service.ts';
import type { QueryLanguage, StateType } from '../definition.ts';
import { isObject } from '../definition.ts';
import { parseTimestamp } from '../timestamp.ts';
import { checkChoices } from './check-choices.ts';
import type { ValidationContext } from './check-flow.ts';
import { checkFlow } from './check-flow.ts';
import { checkHandlers } from './check-handlers.ts';
import { checkTask } from './check-task.ts';
import {
  checkExactlyOne,
  checkExclusive,
  checkExpressions,
  checkInteger,
  checkItemsPath,
  checkNumber,
  checkOneOf,
  checkPath,
  checkPayload,
  checkReferencePath,
  checkRequired,
  isExpression,
} from './check-values.ts';
import { checkVariables } from './check-variables.ts';
import type { Report } from './report.ts';
import { fieldFault, isStateType, requiredFields } from './state-fields.ts';

/** One state by itself. */
export function checkState(state: JsonObject, location: string, context: ValidationContext): void {
  const { report } = context;
  const type = state['Type'];
  if (type === undefined) checkRequired(state, ['Type'], location, report);
  else if (!isStateType(type)) report.error(`${location}/Type`, `Unknown state type: ${JSON.stringify(type)}`);
  if (!isStateType(type)) return;
  const language = checkLanguage(state, location, context);
  for (const field of Object.keys(state)) {
    const fault = fieldFault(field, type, language);
    if (fault !== null) report.error(`${location}/${field}`, fault);
  }
  checkRequired(state, requiredFields(type), location, report);
  checkEnd(state, type, location, report);
  checkData(state, language, location, report);
  checkHandlers(state, language, location, report);
  checkOfType(state, type, language, location, context);
}

function checkLanguage(state: JsonObject, location: string, { language, report }: ValidationContext): QueryLanguage {
  const own = state['QueryLanguage'] ?? language;
  checkOneOf(own, ['JSONPath', 'JSONata'], `${location}/QueryLanguage`, report);
  if (own === 'JSONPath' && language === 'JSONata') {
    report.error(location, "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
  }
  return own === 'JSONata' ? 'JSONata' : 'JSONPath';
}

const WITHOUT_NEXT: ReadonlySet<StateType> = new Set<StateType>(['Choice', 'Fail', 'Succeed']);

function checkEnd(state: JsonObject, type: StateType, location: string, report: Report): void {
  if (WITHOUT_NEXT.has(type)) return;
  const [next, end] = [state['Next'], state['End']];
  if (next !== undefined && typeof next !== 'string') report.error(`${location}/Next`, 'Value must be a string');
  if (end !== undefined && typeof end !== 'boolean') report.error(`${location}/End`, 'Value must be a boolean');
  checkExactlyOne(
    { ...(next === undefined ? {} : { Next: next }), ...(end === true ? { End: end } : {}) },
    ['Next', 'End'],
    location,
    report,
  );
}

const TEMPLATES = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign'];
const PATHS = [
  'InputPath',
  'OutputPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
  'ErrorPath',
  'CausePath',
];

function checkData(state: JsonObject, language: QueryLanguage, location: string, report: Report): void {
  if (state['Assign'] !== undefined && !isObject(state['Assign']))
    report.error(`${location}/Assign`, 'Value must be an object');
  checkVariables(state['Assign'], `${location}/Assign`, report);
  if (language === 'JSONata') {
    for (const [field, value] of Object.entries(state)) {
      if (!NOT_EVALUATED.has(field)) checkExpressions(value, `${location}/${field}`, report);
    }
    return;
  }
  for (const field of TEMPLATES) {
    const template = state[field];
    if (template !== undefined) checkPayload(template, `${location}/${field}`, report);
  }
  for (const field of PATHS) checkPath(state[field], `${location}/${field}`, report);
  checkReferencePath(state['ResultPath'], `${location}/ResultPath`, report);
  checkItemsPath(state['ItemsPath'], `${location}/ItemsPath`, report);
}

/** Fields that hold states, or no expressions at all. */
const NOT_EVALUATED = new Set([
  'Branches',
  'Comment',
  'ItemProcessor',
  'Iterator',
  'Next',
  'QueryLanguage',
  'Resource',
  'Type',
]);

function checkOfType(
  state: JsonObject,
  type: StateType,
  language: QueryLanguage,
  location: string,
  context: ValidationContext,
): void {
  const { report } = context;
  switch (type) {
    case 'Task':
      checkTask(state, language, location, context);
      break;
    case 'Choice':
      checkChoices(state, language, location, report);
      break;
    case 'Wait':
      checkWait(state, language, location, report);
      break;
    case 'Fail':
      checkExclusive(state, 'Error', 'ErrorPath', location, report);
      checkExclusive(state, 'Cause', 'CausePath', location, report);
      break;
    case 'Parallel':
      checkBranches(state['Branches'], location, context);
      break;
    case 'Map':
      checkMap(state, location, context);
      break;
    case 'Pass':
    case 'Succeed':
      break;
  }
}

const LONGEST_WAIT_SECONDS = 99_999_999;

const WAIT_FIELDS = ['SecondsPath', 'Seconds', 'TimestampPath', 'Timestamp'];

function checkWait(state: JsonObject, language: QueryLanguage, location: string, report: Report): void {
  checkExactlyOne(state, WAIT_FIELDS, location, report);
  checkInteger(state['Seconds'], { min: 0, max: LONGEST_WAIT_SECONDS }, `${location}/Seconds`, report);
  const timestamp = state['Timestamp'];
  if (timestamp === undefined || (language === 'JSONata' && isExpression(timestamp))) return;
  if (typeof timestamp !== 'string' || !timestamp.endsWith('Z') || parseTimestamp(timestamp) === null)
    report.error(`${location}/Timestamp`, 'String does not match RFC3339 timestamp');
}

function checkBranches(branches: Json | undefined, location: string, context: ValidationContext): void {
  if (branches === undefined) return;
  if (!Array.isArray(branches) || branches.length === 0) {
    context.report.error(`${location}/Branches`, 'Value cannot be empty');
    return;
  }
  for (const [i, branch] of branches.entries()) {
    if (isObject(branch)) checkFlow(branch, `${location}/Branches[${i}]`, context);
    else context.report.error(`${location}/Branches[${i}]`, 'A branch must be an object');
  }
}

function checkMap(state: JsonObject, location: string, context: ValidationContext): void {
  const { report } = context;
  checkExactlyOne(state, ['ItemProcessor', 'Iterator'], location, report);
  checkExclusive(state, 'ItemSelector', 'Parameters', location, report);
  for (const field of ['MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage']) {
    checkExclusive(state, field, `${field}Path`, location, report);
  }
  checkInteger(state['MaxConcurrency'], { min: 0, max: Number.MAX_SAFE_INTEGER }, `${location}/MaxConcurrency`, report);
  checkInteger(
    state['ToleratedFailureCount'],
    { min: 0, max: Number.MAX_SAFE_INTEGER },
    `${location}/ToleratedFailureCount`,
    report,
  );
  checkNumber(
    state['ToleratedFailurePercentage'],
    { min: 0, max: 100 },
    `${location}/ToleratedFailurePercentage`,
    report,
  );
  if (state['ItemReader'] !== undefined)
    report.error(`${location}/ItemReader`, 'The local runtime does not have S3 to read items from');
  const writer = state['ResultWriter'];
  if (isObject(writer) && writer['Resource'] !== undefined) {
    report.error(`${location}/ResultWriter/Resource`, 'The local runtime does not have S3 to write results to');
  }
  const field = state['Iterator'] === undefined ? 'ItemProcessor' : 'Iterator';
  const processor = state[field];
  if (isObject(processor)) checkProcessor(processor, `${location}/${field}`, context);
}

function checkProcessor(processor: JsonObject, location: string, context: ValidationContext): void {
  const config = isObject(processor['ProcessorConfig']) ? processor['ProcessorConfig'] : {};
  const at = `${location}/ProcessorConfig`;
  const { Mode: mode, ExecutionType: type } = config;
  const isDistributed = mode === 'DISTRIBUTED';
  checkOneOf(mode, ['INLINE', 'DISTRIBUTED'], `${at}/Mode`, context.report);
  if (isDistributed) checkRequired(config, ['ExecutionType'], at, context.report);
  if (mode === 'INLINE' && type !== undefined)
    context.report.error(`${at}/ExecutionType`, "Field 'ExecutionType' is not supported");
  checkOneOf(type, ['STANDARD', 'EXPRESS'], `${at}/ExecutionType`, context.report);
  if (isDistributed && context.type === 'EXPRESS') {
    const problem = "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines";
    context.report.error(`${at}/Mode`, problem);
  }
  checkFlow(processor, location, isDistributed && type === 'EXPRESS' ? { ...context, type: 'EXPRESS' } : context);
}
