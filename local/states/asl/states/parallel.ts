import type { Json } from '../../../kernel/service.ts';
import type { ParallelState } from '../definition.ts';
import type { Outcome, StateAction, Step } from '../step.ts';
import { STAY } from '../step.ts';
import { leaveJoined } from './leave-joined.ts';

/** Runs its branches side by side on the same input; the first that fails ends the others. */
export const parallel: StateAction<ParallelState> = {
  async begin(step) {
    const { state, strand } = step;
    const input = await step.dataFlow.workInput(state, step.scope());
    const inputText = JSON.stringify(input);
    step.log('ParallelStateStarted');
    strand.phase = 'joining';
    const total = state.branches.length;
    strand.join = {
      total,
      finished: 0,
      failed: 0,
      started: total,
      maxConcurrency: total,
      mapRun: null,
    };
    step.addStrands(
      state.branches.map((_, index) => ({
        index,
        flow: [...strand.flow, state.name, index],
        item: strand.item,
        inputText,
      })),
    );
    while (step.startStrand(null));
    return STAY;
  },

  async resume(step, signal) {
    if (signal.type === 'strand-ended') return branchEnded(step);
    if (signal.type !== 'strand-failed') return STAY;
    step.abortStrands();
    throw signal.failure;
  },
};

async function branchEnded(step: Step<ParallelState>): Promise<Outcome> {
  const { strand } = step;
  if (strand.join === null) return STAY;
  strand.join = { ...strand.join, finished: strand.join.finished + 1 };
  if (strand.join.finished < strand.join.total) return STAY;
  const result = step.strandOutputs().map((text) => JSON.parse(text ?? 'null') as Json);
  return leaveJoined(step, result, ['ParallelStateSucceeded']);
}
