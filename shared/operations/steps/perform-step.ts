import type { StepStore } from '../../ports/index.ts';
import { NeedsPersonError } from '../actions/needs-person-error.ts';
import { operation } from '../operation.ts';
import { PerformAction, type PerformActionPorts, performAction } from '../perform-action.ts';
import type { ActionOutcome } from '../step-contracts.ts';

/** An action; why a person is needed is noted for the step that asks them, before the state machine hears that one is. */
export const performStep = operation({
  name: 'perform-action',
  input: PerformAction,
  async run(ports: PerformActionPorts & { readonly steps: StepStore }, step): Promise<ActionOutcome> {
    try {
      return await performAction.run(ports, step);
    } catch (error) {
      if (error instanceof NeedsPersonError) {
        await ports.steps.noteProblem(step.caseId, step.actionId, error.message);
      }
      throw error;
    }
  },
});
