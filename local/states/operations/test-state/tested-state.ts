import type { Json, JsonObject } from '../../../kernel/service.ts';
import type { State } from '../../asl/definition.ts';
import { isObject } from '../../asl/definition.ts';
import { parseState } from '../../asl/parse-definition.ts';
import { checkDefinition } from '../check-definition.ts';
import { optionalText, requiredText } from '../fields.ts';
import { validationError } from '../refusals.ts';

/** Name under which AWS tests a state that comes by itself. */
export const TESTED_NAME = 'StateName';

/** The state that a TestState request is about: the whole definition, or the named state of a machine. */
export function testedState(input: JsonObject): State {
  const text = requiredText(input, 'definition');
  const definition = parsed(text);
  const stateName = optionalText(input, 'stateName');
  if (stateName === null) {
    if (definition['States'] !== undefined)
      throw validationError('State name must be specified when a State Machine definition is provided');
    return checkedState(definition, input);
  }
  checkDefinition(text, 'STANDARD', checksOf(input));
  const language = definition['QueryLanguage'] === 'JSONata' ? 'JSONata' : 'JSONPath';
  const fields = findState(definition, stateName);
  if (fields === null) throw validationError(`State not found: '${stateName}'`);
  return parseState(stateName, fields, language);
}

/** A state by itself is checked as the only one of a machine, which has stand-ins for the states that it points to. */
function checkedState(fields: JsonObject, input: JsonObject): State {
  const states: Record<string, Json> = { [TESTED_NAME]: fields };
  for (const target of targetsOf(fields)) states[target] = { Type: 'Succeed' };
  checkDefinition(JSON.stringify({ StartAt: TESTED_NAME, States: states }), 'STANDARD', checksOf(input));
  return parseState(TESTED_NAME, fields, 'JSONPath');
}

/** With a mock nothing is called, so that services may be named that the local runtime does not have. */
function checksOf(input: JsonObject): { readonly ignoreUnbuilt: boolean } {
  return { ignoreUnbuilt: isObject(input['mock']) };
}

function parsed(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    if (isObject(value)) return value;
  } catch {
    // Falls through to the check, which says what is wrong with the text.
  }
  checkDefinition(text, 'STANDARD');
  return {};
}

function targetsOf(fields: JsonObject): string[] {
  const nested = [fields['Catch'], fields['Choices']].flatMap((list) =>
    Array.isArray(list) ? (list as readonly Json[]) : [],
  );
  const named = [
    fields['Next'],
    fields['Default'],
    ...nested.map((item) => (isObject(item) ? item['Next'] : undefined)),
  ];
  return named.filter((target) => typeof target === 'string');
}

/** A state of that name at any depth. */
function findState(flow: JsonObject, name: string): JsonObject | null {
  const states = isObject(flow['States']) ? flow['States'] : {};
  const own = states[name];
  if (isObject(own)) return own;
  for (const state of Object.values(states)) {
    if (!isObject(state)) continue;
    const inner = [
      state['ItemProcessor'],
      state['Iterator'],
      ...(Array.isArray(state['Branches']) ? (state['Branches'] as readonly Json[]) : []),
    ];
    for (const flowInside of inner) {
      const found = isObject(flowInside) ? findState(flowInside, name) : null;
      if (found !== null) return found;
    }
  }
  return null;
}
