import type { FailState } from '../definition.ts';
import { isObject } from '../definition.ts';
import { runtimeFailure, StateFailure } from '../failure.ts';
import { evaluateTyped } from '../jsonata/template.ts';
import type { StateAction, Step } from '../step.ts';

/** Fails its flow with the error and cause that it names; both may be missing. */
export const fail: StateAction<FailState> = {
  async begin(step) {
    throw new StateFailure(await textOf(step, 'Error'), await textOf(step, 'Cause'));
  },
};

async function textOf(step: Step<FailState>, field: 'Error' | 'Cause'): Promise<string | null> {
  const { state, dataFlow, scope } = step;
  const template = state.fields[field];
  if (template !== undefined) {
    if (state.language === 'JSONPath') return String(template);
    return String(await evaluateTyped(template, 'string', scope(), field));
  }
  const path = state.fields[`${field}Path`];
  if (path === undefined) return null;
  const evaluated = await dataFlow.template({ [`${field}.$`]: path }, scope(), field);
  const value = isObject(evaluated) ? evaluated[field] : null;
  if (typeof value !== 'string') throw runtimeFailure(`The ${field}Path '${String(path)}' does not lead to a string`);
  return value;
}
