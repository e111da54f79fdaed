import type { Json } from '../../../kernel/service.ts';
import type { MapState, ParallelState } from '../definition.ts';
import type { Outcome, Step } from '../step.ts';

type Joining = Step<MapState | ParallelState>;

/**
 * Leaves a state whose branches or iterations have all ended. The events that tell so come before its output is worked
 * out, which may still fail; the exit follows on the last event before them.
 */
export async function leaveJoined(
  step: Joining,
  result: Json,
  events: readonly ('MapRunSucceeded' | 'MapStateSucceeded' | 'ParallelStateSucceeded')[],
): Promise<Outcome> {
  const { lastEventId } = step.strand;
  for (const event of events) step.log(event);
  const departure = await step.dataFlow.finish(step.state, step.scope(), result);
  step.strand.lastEventId = lastEventId;
  return { kind: 'leave', departure, next: step.state.next };
}

/** Lets `log` write events that no later event follows on. */
export function aside({ strand }: Joining, log: () => void): void {
  const { lastEventId } = strand;
  log();
  strand.lastEventId = lastEventId;
}
