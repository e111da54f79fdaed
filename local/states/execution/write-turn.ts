import { flowAt, type Machine, stateIn } from '../asl/definition.ts';
import type { RunEffects } from '../asl/run-effects.ts';
import type { ExecutionRecord } from '../records/executions.ts';
import { childExecution } from './child-execution.ts';
import type { Records } from './engine-options.ts';
import { insertExecution } from './insert-execution.ts';
import type { Session } from './session.ts';

/**
 * Writes all that a turn changed, and gives the child executions that begin with it. Belongs into a write of the store.
 * @param whole the definition from its root, also where the session runs only a part of it.
 */
export function writeTurn(
  session: Session,
  effects: RunEffects,
  whole: Machine,
  records: Records,
  nowMs: number,
): ExecutionRecord[] {
  const { execution, log, strands } = session;
  strands.write();
  const events = log.takeFresh();
  if (execution.type === 'STANDARD') records.history.append(execution.id, events);
  for (const { strand, activityArn } of effects.offered) records.activities.offer(activityArn, strand, nowMs);
  for (const change of effects.mapRunChanges) records.mapRuns.apply(change, execution, nowMs);
  if (effects.end !== null) {
    records.executions.end(execution.id, effects.end, nowMs);
    return [];
  }
  return effects.startedChildren
    .filter(({ strand }) => strand.phase === 'child')
    .map((child) => insertChild(execution, child, whole, records, nowMs));
}

function insertChild(
  parent: ExecutionRecord,
  { strand, mapRun }: RunEffects['startedChildren'][number],
  whole: Machine,
  records: Records,
  nowMs: number,
): ExecutionRecord {
  const flow = [...parent.flow, ...strand.flow];
  const map = stateIn(flowAt(whole, flow.slice(0, -2)), String(flow.at(-2)));
  if (map.type !== 'Map') throw new Error(`'${map.name}' has no item processor`);
  const start = childExecution(parent, strand, mapRun, { flow, type: map.executionType });
  return insertExecution(records, start, nowMs);
}
