import type { JsonObject } from '../../../kernel/service.ts';
import type { Departure } from '../data-flow.ts';
import type { ChoiceState } from '../definition.ts';
import { runtimeFailure } from '../failure.ts';
import { depart } from '../jsonata/data-flow.ts';
import { evaluateTyped } from '../jsonata/template.ts';
import { ruleHolds } from '../jsonpath/choice-rule.ts';
import type { Scope } from '../scope.ts';
import type { StateAction, Step } from '../step.ts';

/** Goes where the first rule that holds points to. Without one, AWS fails with States.Runtime, not States.NoChoiceMatched. */
export const choice: StateAction<ChoiceState> = {
  async begin(step) {
    const scope = step.scope();
    const rule = await firstThatHolds(step, scope);
    const next = rule === null ? step.state.defaultNext : String(rule['Next']);
    if (next === null) {
      throw runtimeFailure('Failed to transition out of the state. The state does not point to a next state.');
    }
    return { kind: 'leave', departure: await departBy(rule, step, scope), next };
  },
};

async function firstThatHolds({ state, dataFlow }: Step<ChoiceState>, scope: Scope): Promise<JsonObject | null> {
  const input = await dataFlow.selectedInput(state, scope);
  for (const [i, rule] of state.choices.entries()) {
    const holds =
      state.language === 'JSONata'
        ? await evaluateTyped(rule['Condition'] ?? null, 'boolean', scope, `Choices[${i}]/Condition`)
        : ruleHolds(rule, input, scope);
    if (holds === true) return rule;
  }
  return null;
}

/** A rule that matched brings its own Output and Assign; those of the state belong to the default. */
async function departBy(
  rule: JsonObject | null,
  { state, dataFlow }: Step<ChoiceState>,
  scope: Scope,
): Promise<Departure> {
  if (rule === null) return dataFlow.finish(state, scope);
  if (state.language === 'JSONata') return depart(rule, scope, scope.input, `Choices[${state.choices.indexOf(rule)}]/`);
  return dataFlow.finish({ ...state, fields: { ...state.fields, Assign: rule['Assign'] ?? null } }, scope);
}
