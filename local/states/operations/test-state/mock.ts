import { AwsError } from '../../../kernel/errors.ts';
import type { Json, JsonObject } from '../../../kernel/service.ts';
import type { State } from '../../asl/definition.ts';
import { isObject } from '../../asl/definition.ts';
import type { TaskOutcome } from '../../asl/strand.ts';
import { optionalText } from '../fields.ts';
import { validationError } from '../refusals.ts';
import { checkShape } from './mock-shapes.ts';

/** What a request gives in place of the work of a state; null where it gives nothing. Throws for a mock that does not fit. */
export function mockedOutcome(input: JsonObject, state: State): TaskOutcome | null {
  const mock = input['mock'];
  if (!isObject(mock)) {
    requireNoMock(input, state);
    return null;
  }
  if (!MOCKABLE.has(state.type))
    throw validationError(`State type '${state.type}' is not supported when a mock is specified`);
  if (input['revealSecrets'] === true)
    throw validationError('TestState does not support RevealSecrets when a mock is specified.');
  const [result, errorOutput] = [optionalText(mock, 'result'), mock['errorOutput']];
  if (result !== null && errorOutput !== undefined) {
    throw validationError('A test mock should have only one of the following fields: [result, errorOutput].');
  }
  if (isObject(errorOutput))
    return { ok: false, error: optionalText(errorOutput, 'error'), cause: optionalText(errorOutput, 'cause') };
  if (result === null)
    throw validationError('A test mock must have one of the following fields: [result, errorOutput].');
  return { ok: true, output: checkedResult(result, mock, state) };
}

const MOCKABLE: ReadonlySet<State['type']> = new Set<State['type']>(['Map', 'Parallel', 'Task']);

function requireNoMock(input: JsonObject, state: State): void {
  if (state.type === 'Map' || state.type === 'Parallel') {
    throw new AwsError(
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  }
  if (state.type === 'Task' && optionalText(input, 'roleArn') === null) {
    throw validationError('RoleArn must be specified when testing a Task state');
  }
}

function checkedResult(text: string, mock: JsonObject, state: State): Json {
  const result = parsed(text);
  if (state.type === 'Map') checkMapResult(state, result);
  if (state.type === 'Parallel') {
    if (!Array.isArray(result)) throw validationError('Mocked result must be an array.');
    if (result.length !== state.branches.length) {
      throw validationError('Mocked result must contain the same number of items as number of Parallel branches.');
    }
  }
  const mode = optionalText(mock, 'fieldValidationMode') ?? 'STRICT';
  if (state.type === 'Task' && mode !== 'NONE') checkShape(state.resource, result, mode === 'STRICT');
  return result;
}

/** With a ResultWriter the results are elsewhere, and an object says where. */
function checkMapResult(state: State, result: Json): void {
  if (state.fields['ResultWriter'] === undefined) {
    if (!Array.isArray(result)) throw validationError('Mocked result must be an array.');
  } else if (!isObject(result)) throw validationError('Mocked result must be a JSON object.');
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw validationError('Mocked result must be valid JSON');
  }
}
