import type { Json } from '../../../kernel/service.ts';
import type { WaitState } from '../definition.ts';
import { queryFailure, runtimeFailure } from '../failure.ts';
import { selectByPath } from '../jsonpath/template.ts';
import type { Outcome, StateAction, Step } from '../step.ts';
import { STAY } from '../step.ts';
import { parseTimestamp } from '../timestamp.ts';

/** Waits for a time span or until a moment. */
export const wait: StateAction<WaitState> = {
  async begin(step) {
    const dueAtMs = await wakeTime(step);
    if (dueAtMs - step.nowMs > LONGEST_WAIT_MS) throw runtimeFailure('The wait would end after the execution has to.');
    step.strand.phase = 'sleeping';
    step.strand.dueAtMs = dueAtMs;
    return dueAtMs <= step.nowMs ? leave(step) : STAY;
  },

  async resume(step, signal) {
    return signal.type === 'due' && step.nowMs >= (step.strand.dueAtMs ?? 0) ? leave(step) : STAY;
  },
};

/** A year: no execution lives longer. */
const LONGEST_WAIT_MS = 31_536_000_000;

async function leave({ state, strand, dataFlow, scope }: Step<WaitState>): Promise<Outcome> {
  strand.dueAtMs = null;
  return { kind: 'leave', departure: await dataFlow.finish(state, scope()), next: state.next };
}

async function wakeTime(step: Step<WaitState>): Promise<number> {
  const seconds = await step.dataFlow.numberOf(step.state, 'Seconds', step.scope());
  if (seconds !== null) return step.nowMs + checkedSeconds(seconds) * 1000;
  const { fields } = step.state;
  const isPath = fields['TimestampPath'] !== undefined;
  const timestamp = await timestampOf(step);
  const atMs = typeof timestamp === 'string' ? parseTimestamp(timestamp) : null;
  if (atMs !== null) return atMs;
  if (step.state.language === 'JSONata') {
    throw queryFailure(
      `The field 'Timestamp' must give an ISO-8601 date-time, not ${JSON.stringify(timestamp)}`,
      'Timestamp',
    );
  }
  const source = isPath ? `${String(fields['TimestampPath'])} == ` : '';
  throw runtimeFailure(
    `The ${isPath ? 'TimestampPath' : 'Timestamp'} parameter does not reference a valid ISO-8601 extended offset date-time format string: ${source}${String(timestamp)}`,
  );
}

function checkedSeconds(seconds: number): number {
  if (seconds < 0) throw runtimeFailure(`A Wait state cannot wait ${seconds} seconds.`);
  return seconds;
}

async function timestampOf({ state, dataFlow, scope }: Step<WaitState>): Promise<Json> {
  const path = state.fields['TimestampPath'];
  if (path === undefined) return dataFlow.template(state.fields['Timestamp'] ?? null, scope(), 'Timestamp');
  const now = scope();
  return selectByPath(path, await dataFlow.selectedInput(state, now), now);
}
