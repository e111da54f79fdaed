import type { Json } from '../../../kernel/service.ts';
import type { DataFlow, Departure } from '../data-flow.ts';
import { isObject } from '../definition.ts';
import type { Scope, Variables } from '../scope.ts';
import { evaluateTemplate, evaluateTyped } from './template.ts';

/** Arguments in, Output and Assign out; every field may hold expressions. */
export const jsonataDataFlow: DataFlow = {
  async selectedInput(_state, scope) {
    return scope.input;
  },

  async workInput(state, scope) {
    const template = state.fields['Arguments'];
    return template === undefined ? scope.input : evaluateTemplate(template, scope, 'Arguments');
  },

  finish(state, scope, result) {
    const known = result === undefined ? scope : { ...scope, result };
    return depart(state.fields, known, result === undefined ? scope.input : result);
  },

  caught(catcher, scope, errorOutput) {
    return depart(catcher.fields, { ...scope, errorOutput }, errorOutput, `Catch[${catcher.index}]/`);
  },

  async numberOf(state, field, scope) {
    const template = state.fields[field];
    return template === undefined ? null : Number(await evaluateTyped(template, 'number', scope, field));
  },

  async items(state, scope) {
    const template = state.fields['Items'];
    const items = template === undefined ? scope.input : await evaluateTyped(template, 'array', scope, 'Items');
    if (!Array.isArray(items)) await evaluateTyped(items, 'array', scope, 'Items');
    return items as readonly Json[];
  },

  async itemInput(state, scope, context, item) {
    const template = state.fields['ItemSelector'];
    return template === undefined ? item : evaluateTemplate(template, { ...scope, context }, 'ItemSelector');
  },

  template(template, scope, field) {
    return evaluateTemplate(template, scope, field);
  },
};

/**
 * Output and Assign of a state, a choice rule or a catcher. Assign sees the variables as they were on entry.
 * `place` is where they stand in the state, as in `Catch[0]/`.
 */
export async function depart(
  fields: { readonly [name: string]: Json },
  scope: Scope,
  defaultOutput: Json,
  place = '',
): Promise<Departure> {
  const template = fields['Output'];
  const output = template === undefined ? defaultOutput : await evaluateTemplate(template, scope, `${place}Output`);
  return { output, assigned: await assign(fields['Assign'], scope, `${place}Assign`) };
}

async function assign(template: Json | undefined, scope: Scope, location: string): Promise<Variables | null> {
  if (!isObject(template)) return null;
  const assigned = await evaluateTemplate(template, scope, location);
  return isObject(assigned) ? assigned : null;
}
