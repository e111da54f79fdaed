import { AwsError } from '../../kernel/errors.ts';
import type { Machine } from '../asl/definition.ts';
import { flowAt, stateIn } from '../asl/definition.ts';
import { EventLog, MAX_EVENTS } from '../asl/event-log.ts';
import { parseDefinition } from '../asl/parse-definition.ts';
import type { Strand } from '../asl/strand.ts';
import type { ExecutionRecord } from '../records/executions.ts';
import { found } from './execution-operations.ts';
import { seconds } from './fields.ts';
import { machineMissing } from './refusals.ts';
import type { Operations, StatesContext } from './states-context.ts';

/** Lets a failed execution go on from the states that failed. */
export function redriveOperations(context: StatesContext): Operations {
  return {
    RedriveExecution: {
      permissions: (input) => [{ action: 'states:RedriveExecution', resource: String(input['executionArn']) }],
      run: async (input) => {
        const { arn } = found(context, input);
        const redriven = await context.store.write(() => redrive(context, arn));
        context.engine.begin(redriven);
        return { redriveDate: seconds(redriven.redrivenAtMs ?? 0) };
      },
    },
  };
}

const REDRIVABLE_MS = 14 * 86_400_000;

function redrive(context: StatesContext, arn: string): ExecutionRecord {
  const { records, clock } = context;
  const execution = records.executions.find(arn);
  if (execution === null) throw notRedrivable('does not exist');
  const now = clock.now();
  const lastId = records.history.lastId(execution.id);
  checkRedrivable(execution, lastId, now);
  const revision = records.machines.revision(execution.revision);
  if (revision === null) throw machineMissing(execution.machineArn);
  const machine = parseDefinition(revision.definition);
  const log = new EventLog(lastId);
  log.add('ExecutionRedriven', now, lastId, { redriveCount: execution.redriveCount + 1 });
  records.history.append(execution.id, log.takeFresh());
  reviveStrand(context, execution, machine, 0, log.lastId);
  records.executions.redrive(
    execution.id,
    now,
    machine.timeoutSeconds === null ? null : now + machine.timeoutSeconds * 1000,
  );
  return records.executions.get(execution.id) ?? execution;
}

function checkRedrivable(execution: ExecutionRecord, lastId: number, now: number): void {
  if (execution.status === 'RUNNING' || execution.status === 'SUCCEEDED') throw notRedrivable(`is ${execution.status}`);
  if (execution.type === 'EXPRESS' || execution.mapRunArn !== null)
    throw notRedrivable('is not of a kind that can be redriven');
  if (now - (execution.endedAtMs ?? 0) > REDRIVABLE_MS) throw notRedrivable('has exceeded its redrivable period');
  if (lastId >= MAX_EVENTS - 1) throw notRedrivable('has reached its history event limit');
}

function notRedrivable(why: string): AwsError {
  return new AwsError('ExecutionNotRedrivable', `Execution Not Redrivable: 'Execution ${why} and cannot be redriven'`);
}

/** A failed strand tries its state again; inside a Parallel or inline Map only what failed or was ended is taken up. */
function reviveStrand(
  context: StatesContext,
  execution: ExecutionRecord,
  machine: Machine,
  id: number,
  eventId: number,
): void {
  const { strands } = context.records;
  const strand = strands.find(execution.id, id);
  if (strand === null || strand.phase === 'ended' || strand.phase === 'pending') return;
  const written = { ...strand };
  const state = stateIn(flowAt(machine, strand.flow), strand.state);
  const childIds = strands.childIds(execution.id, id);
  const goesOn = strand.join !== null && strand.join.mapRun === null && childIds.length > 0;
  if (goesOn) for (const child of childIds) reviveStrand(context, execution, machine, child, eventId);
  else strands.removeBelow(execution.id, id, Number.MAX_SAFE_INTEGER);
  Object.assign(strand, revived(strand, goesOn), { retries: state.retry.map(() => 0), lastEventId: eventId });
  strands.update(execution.id, strand, written);
}

function revived(strand: Strand, goesOn: boolean): Pick<Strand, 'phase' | 'join' | 'call' | 'waitsFor' | 'dueAtMs'> {
  const phase = strand.phase === 'entering' ? 'entering' : goesOn ? 'joining' : 'attempting';
  return { phase, join: goesOn ? strand.join : null, call: null, waitsFor: null, dueAtMs: null };
}
