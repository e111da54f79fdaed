import type { Json } from '../../../kernel/service.ts';
import type { FailState } from '../definition.ts';
import { runtimeFailure, StateFailure } from '../failure.ts';
import type { StateAction, Step } from '../step.ts';

/** Fails its flow with the error and cause that it names; both may be missing. */
export const fail: StateAction<FailState> = {
  async begin(step) {
    throw new StateFailure(await textOf(step, 'Error'), await textOf(step, 'Cause'));
  },
};

async function textOf(step: Step<FailState>, field: 'Error' | 'Cause'): Promise<string | null> {
  const template = step.state.fields[field] ?? step.state.fields[`${field}Path`];
  if (template === undefined) return null;
  const value = await templateValue(step, field, template);
  if (typeof value !== 'string') throw runtimeFailure(`The field '${field}' must give a string`);
  return value;
}

async function templateValue(step: Step<FailState>, field: 'Error' | 'Cause', template: Json): Promise<Json> {
  if (step.state.language === 'JSONata') return step.dataFlow.template(template, step.scope(), field);
  if (step.state.fields[`${field}Path`] === undefined) return template;
  const evaluated = await step.dataFlow.template({ [`${field}.$`]: template }, step.scope(), field);
  return (evaluated as Record<string, Json>)[field] ?? null;
}
