import type { PassState } from '../definition.ts';
import type { StateAction } from '../step.ts';

/** Hands its input on, changed by its templates. */
export const pass: StateAction<PassState> = {
  async begin({ state, dataFlow, scope }) {
    const now = scope();
    if (state.language === 'JSONata')
      return { kind: 'leave', departure: await dataFlow.finish(state, now), next: state.next };
    const { Result: fixed } = state.fields;
    const result = fixed === undefined ? await dataFlow.workInput(state, now) : fixed;
    return { kind: 'leave', departure: await dataFlow.finish(state, now, result), next: state.next };
  },
};
