import type { Json, JsonObject } from '../../../kernel/service.ts';
import type { QueryLanguage, StateType } from '../definition.ts';
import { isObject } from '../definition.ts';
import { checkChoices } from './check-choices.ts';
import type { ValidationContext } from './check-flow.ts';
import { checkFlow } from './check-flow.ts';
import { checkHandlers } from './check-handlers.ts';
import { checkTask } from './check-task.ts';
import {
  checkExclusive,
  checkExpressions,
  checkInteger,
  checkNumber,
  checkPath,
  checkPayload,
  checkReferencePath,
  checkRequired,
} from './check-values.ts';
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
  if (own !== 'JSONata' && own !== 'JSONPath')
    report.error(`${location}/QueryLanguage`, 'Value is not a valid query language');
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
  if (next === undefined && end !== true) report.error(location, 'These fields are required: [Next, End], one of them');
  if (next !== undefined && end === true) report.error(location, "You cannot specify both 'Next' and 'End'");
}

const TEMPLATES = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign'];
const PATHS = [
  'InputPath',
  'OutputPath',
  'ItemsPath',
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
      checkTask(state, location, context);
      break;
    case 'Choice':
      checkChoices(state, language, location, report);
      break;
    case 'Wait':
      checkWait(state, location, report);
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

function checkWait(state: JsonObject, location: string, report: Report): void {
  const given = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'].filter((field) => state[field] !== undefined);
  if (given.length !== 1) {
    report.error(location, 'A Wait state must have exactly one of [Seconds, SecondsPath, Timestamp, TimestampPath]');
  }
  checkInteger(state['Seconds'], { min: 0, max: LONGEST_WAIT_SECONDS }, `${location}/Seconds`, report);
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
  checkExclusive(state, 'ItemProcessor', 'Iterator', location, report);
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
  else checkRequired({}, ['ItemProcessor'], location, report);
}

function checkProcessor(processor: JsonObject, location: string, context: ValidationContext): void {
  const config = isObject(processor['ProcessorConfig']) ? processor['ProcessorConfig'] : {};
  const mode = config['Mode'] ?? 'INLINE';
  if (mode !== 'INLINE' && mode !== 'DISTRIBUTED')
    context.report.error(`${location}/ProcessorConfig/Mode`, 'Value must be INLINE or DISTRIBUTED');
  const type = config['ExecutionType'];
  if (mode === 'DISTRIBUTED' && type === undefined)
    checkRequired({}, ['ExecutionType'], `${location}/ProcessorConfig`, context.report);
  if (type !== undefined && type !== 'STANDARD' && type !== 'EXPRESS') {
    context.report.error(`${location}/ProcessorConfig/ExecutionType`, 'Value must be STANDARD or EXPRESS');
  }
  if (mode === 'DISTRIBUTED' && context.type === 'EXPRESS') {
    context.report.error(`${location}/ProcessorConfig`, 'Express state machine does not support distributed Map');
  }
  checkFlow(
    processor,
    location,
    mode === 'DISTRIBUTED' && type === 'EXPRESS' ? { ...context, type: 'EXPRESS' } : context,
  );
}
