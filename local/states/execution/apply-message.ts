import { flowAt, stateIn } from '../asl/definition.ts';
import { parseResource } from '../asl/resource.ts';
import type { Run } from '../asl/run.ts';
import type { Strand } from '../asl/strand.ts';
import { endOf } from './child-execution.ts';
import { childOutcome } from './child-outcome.ts';
import type { Records } from './engine-options.ts';
import type { Message } from './message.ts';
import type { Session } from './session.ts';

/** Hands a message to the interpreter; false where it has nothing to apply to any more. */
export function applyMessage(session: Session, run: Run, message: Message, records: Records): boolean {
  switch (message.type) {
    case 'resume':
      for (const strand of session.strands.unsettled()) resume(run, strand);
      return true;
    case 'continue':
      for (const strand of session.strands.unsettled()) if (strand.phase !== 'calling') run.proceed(strand);
      return true;
    case 'signal':
      run.deliver(message.strand, message.signal);
      return true;
    case 'token':
      return applyToken(session, run, message);
    case 'child-ended':
      return applyChild(session, run, message, records);
    case 'finish':
      run.finish(message.end);
      return true;
  }
}

/** A call that was on its way is made again, unless its token was answered meanwhile. */
function resume(run: Run, strand: Strand): void {
  if (strand.phase !== 'calling') run.proceed(strand);
  else if (strand.call !== null && strand.call.early !== null) {
    strand.phase = 'submitted';
    run.deliver(strand.id, { type: 'task-ended', outcome: strand.call.early });
  } else run.repeatCall(strand);
}

function applyToken(session: Session, run: Run, message: Extract<Message, { type: 'token' }>): boolean {
  const strand = session.strands.get(message.strand);
  if (strand === null || strand.call === null || strand.waitsFor !== message.token) return false;
  if (strand.call.early !== null || run.effects.answeredTokens.has(message.token)) return false;
  const { answer } = message;
  if (answer.kind === 'heartbeat') run.deliver(strand.id, { type: 'heartbeat' });
  else if (answer.kind === 'started')
    run.deliver(strand.id, { type: 'activity-started', workerName: answer.workerName });
  else {
    run.effects.answeredTokens.add(message.token);
    run.deliver(strand.id, { type: 'task-ended', outcome: answer.outcome });
  }
  return true;
}

type ChildEnded = Extract<Message, { type: 'child-ended' }>;

function applyChild(session: Session, run: Run, { strand: id, childArn }: ChildEnded, records: Records): boolean {
  const strand = session.strands.get(id);
  const child = records.executions.find(childArn);
  if (strand === null || child === null || strand.waitsFor !== childArn || child.status === 'RUNNING') return false;
  if (strand.phase === 'child') {
    run.endChild(strand, endOf(child));
    return true;
  }
  const state = stateIn(flowAt(session.machine, strand.flow), strand.state);
  const resource = state.type === 'Task' ? parseResource(state.resource) : null;
  const isParsed = resource?.kind === 'service' && resource.pattern === 'sync:2';
  run.deliver(id, { type: 'task-ended', outcome: childOutcome(child, isParsed) });
  return true;
}
