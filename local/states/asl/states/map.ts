import type { Json } from '../../../kernel/service.ts';
import type { MapState } from '../definition.ts';
import { runtimeFailure } from '../failure.ts';
import type { NewStrand, Outcome, StateAction, Step } from '../step.ts';
import { STAY } from '../step.ts';
import { aside, leaveJoined } from './leave-joined.ts';

/** Iterations of an inline Map that run at a time where MaxConcurrency does not say less. */
const INLINE_CONCURRENCY = 40;

/** Runs its item processor once for each item, inside this execution; the first iteration that fails ends the others. */
export const inlineMap: StateAction<MapState> = {
  async begin(step) {
    const { state, strand } = step;
    const maxConcurrency = await concurrency(step, INLINE_CONCURRENCY);
    const items = await step.dataFlow.items(state, step.scope());
    step.log('MapStateStarted', { length: items.length });
    const strands = await iterations(step, items);
    strand.phase = 'joining';
    strand.join = {
      total: items.length,
      finished: 0,
      failed: 0,
      started: 0,
      maxConcurrency,
      mapRun: null,
    };
    if (items.length === 0) return complete(step);
    step.addStrands(strands);
    startIterations(step, Math.min(maxConcurrency, items.length));
    return STAY;
  },

  async resume(step, signal) {
    if (signal.type === 'strand-ended') return iterationEnded(step, signal.index);
    if (signal.type !== 'strand-failed') return STAY;
    const { failure, index } = signal;
    if (!failure.isFatal) aside(step, () => step.log('MapIterationFailed', { name: step.state.name, index }));
    step.abortStrands();
    throw failure;
  },
};

/** MaxConcurrency, or `unlimited` where it is 0 or missing. */
export async function concurrency(step: Step<MapState>, unlimited: number): Promise<number> {
  const limit = (await step.dataFlow.numberOf(step.state, 'MaxConcurrency', step.scope())) ?? 0;
  if (limit < 0) throw runtimeFailure('MaxConcurrency must not be negative.');
  return limit === 0 ? unlimited : limit;
}

/** One strand for each item, with the input that ItemSelector makes of it. */
export async function iterations(step: Step<MapState>, items: readonly Json[]): Promise<NewStrand[]> {
  const { state, strand, dataFlow } = step;
  const strands: NewStrand[] = [];
  for (const [index, value] of items.entries()) {
    const context = step.scope({ Map: { Item: { Index: index, Value: value } } }).context;
    const input = await dataFlow.itemInput(state, step.scope(), context, value);
    strands.push({
      index,
      flow: [...strand.flow, state.name, 0],
      item: { index, value },
      inputText: JSON.stringify(input),
    });
  }
  return strands;
}

function startIterations(step: Step<MapState>, count: number): void {
  for (let i = 0; i < count; i++) if (!step.startStrand('MapIterationStarted')) return;
}

async function iterationEnded(step: Step<MapState>, index: number): Promise<Outcome> {
  const { strand, state } = step;
  if (strand.join === null) return STAY;
  step.log('MapIterationSucceeded', { name: state.name, index });
  strand.join = { ...strand.join, finished: strand.join.finished + 1 };
  if (strand.join.finished === strand.join.total) return complete(step);
  startIterations(step, 1);
  return STAY;
}

async function complete(step: Step<MapState>): Promise<Outcome> {
  const result = step.strandOutputs().map((text) => JSON.parse(text ?? 'null') as Json);
  return leaveJoined(step, result, ['MapStateSucceeded']);
}
