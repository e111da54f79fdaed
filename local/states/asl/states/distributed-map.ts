import type { Json } from '../../../kernel/service.ts';
import type { MapState } from '../definition.ts';
import { isObject } from '../definition.ts';
import { runtimeFailure, STATES_ERROR, StateFailure } from '../failure.ts';
import type { NewStrand, Outcome, StateAction, Step } from '../step.ts';
import { STAY } from '../step.ts';
import type { Join, MapRun } from '../strand.ts';
import { batches } from './item-batches.ts';
import { leaveJoined } from './leave-joined.ts';
import { concurrency, iterations } from './map.ts';
import { writtenResult } from './result-writer.ts';

/** Child executions that run at a time where MaxConcurrency does not say less. */
const DISTRIBUTED_CONCURRENCY = 1000;

/** Runs its item processor once for each item or batch, each as an execution of its own; some may fail. */
export const distributedMap: StateAction<MapState> = {
  async begin(step) {
    const { state, strand } = step;
    const maxConcurrency = await concurrency(step, DISTRIBUTED_CONCURRENCY);
    const allItems = await step.dataFlow.items(state, step.scope());
    step.log('MapStateStarted', { length: allItems.length });
    const mapRun = await newMapRun(step);
    const strands = await children(step, allItems);
    step.log('MapRunStarted', { mapRunArn: mapRun.arn });
    strand.phase = 'joining';
    strand.join = { total: strands.length, finished: 0, failed: 0, started: 0, maxConcurrency, mapRun };
    step.recordMapRun({ kind: 'started', mapRun, maxConcurrency, total: strands.length });
    if (strands.length === 0) return complete(step, mapRun);
    step.addStrands(strands);
    startChildren(step, mapRun, Math.min(maxConcurrency, strands.length));
    return STAY;
  },

  async resume(step, signal) {
    const { join } = step.strand;
    const mapRun = join?.mapRun ?? null;
    if (join === null || mapRun === null) return STAY;
    if (signal.type === 'strand-ended') return childEnded(step, mapRun, { ...join, finished: join.finished + 1 });
    if (signal.type === 'strand-failed') return childEnded(step, mapRun, { ...join, failed: join.failed + 1 });
    return STAY;
  },
};

async function newMapRun(step: Step<MapState>): Promise<MapRun> {
  const { state, dataFlow } = step;
  const toleratedPercentage = await dataFlow.numberOf(state, 'ToleratedFailurePercentage', step.scope());
  if (toleratedPercentage !== null && (toleratedPercentage < 0 || toleratedPercentage > 100)) {
    throw runtimeFailure('ToleratedFailurePercentage must be between 0 and 100.');
  }
  const toleratedCount = await dataFlow.numberOf(state, 'ToleratedFailureCount', step.scope());
  if (toleratedCount !== null && toleratedCount < 0) throw runtimeFailure('ToleratedFailureCount cannot be negative.');
  const label = typeof state.fields['Label'] === 'string' ? state.fields['Label'] : labelOf(state.name);
  return { arn: step.newMapRunArn(label), label, toleratedCount, toleratedPercentage };
}

/** A label that a state's name gives where it has none of its own. */
function labelOf(stateName: string): string {
  return stateName.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 40) || 'Map';
}

async function children(step: Step<MapState>, allItems: readonly Json[]): Promise<readonly NewStrand[]> {
  const most = await step.dataFlow.numberOf(step.state, 'MaxItems', step.scope());
  const items = most === null ? allItems : allItems.slice(0, most);
  const strands = await iterations(step, items);
  const batcher = step.state.fields['ItemBatcher'];
  return isObject(batcher) ? batches(step, strands, batcher) : strands;
}

function startChildren(step: Step<MapState>, mapRun: MapRun, count: number): void {
  for (let i = 0; i < count; i++) if (!step.startChild(mapRun)) return;
}

async function childEnded(step: Step<MapState>, mapRun: MapRun, join: Join): Promise<Outcome> {
  step.strand.join = join;
  if (isBeyondTolerance(join, mapRun)) return failRun(step, mapRun);
  if (join.finished + join.failed === join.total) return complete(step, mapRun);
  startChildren(step, mapRun, 1);
  return STAY;
}

/** Without any limit given, no failure is tolerated; with both, either one counts. */
function isBeyondTolerance({ failed, total }: Join, { toleratedCount, toleratedPercentage }: MapRun): boolean {
  if (failed === 0) return false;
  const isOverCount = failed > (toleratedCount ?? (toleratedPercentage === null ? 0 : Number.POSITIVE_INFINITY));
  const isOverPercentage = (failed / total) * 100 > (toleratedPercentage ?? 100);
  return isOverCount || isOverPercentage;
}

function failRun(step: Step<MapState>, mapRun: MapRun): never {
  const failure = new StateFailure(
    STATES_ERROR.exceedToleratedFailureThreshold,
    'The specified tolerated failure threshold was exceeded',
  );
  step.abortStrands();
  step.recordMapRun({ kind: 'ended', arn: mapRun.arn, status: 'FAILED' });
  step.log('MapRunFailed', { error: failure.error, cause: failure.causeText });
  throw failure;
}

async function complete(step: Step<MapState>, mapRun: MapRun): Promise<Outcome> {
  const outputs = step.strandOutputs().filter((text) => text !== null);
  const result = writtenResult(
    step.state,
    outputs.map((text) => JSON.parse(text) as Json),
  );
  step.recordMapRun({ kind: 'ended', arn: mapRun.arn, status: 'SUCCEEDED' });
  return leaveJoined(step, result, ['MapRunSucceeded', 'MapStateSucceeded']);
}
