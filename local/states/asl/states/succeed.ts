import type { SucceedState } from '../definition.ts';
import type { StateAction } from '../step.ts';

/** Ends its flow. */
export const succeed: StateAction<SucceedState> = {
  async begin({ state, dataFlow, scope }) {
    return { kind: 'leave', departure: await dataFlow.finish(state, scope()), next: null };
  },
};
