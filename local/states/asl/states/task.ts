import { randomUUID } from 'node:crypto';
import type { Json } from '../../../kernel/service.ts';
import { dataLimitExceeded, isTooLarge } from '../data-size.ts';
import type { TaskState } from '../definition.ts';
import { runtimeFailure, STATES_ERROR, StateFailure } from '../failure.ts';
import type { TaskResource } from '../resource.ts';
import { needsToken, parseResource } from '../resource.ts';
import type { CallAnswer } from '../signal.ts';
import type { Outcome, StateAction, Step } from '../step.ts';
import { STAY } from '../step.ts';
import type { ScheduledCall, TaskOutcome } from '../strand.ts';
import type { TaskTimeouts } from '../task-events.ts';
import { taskEvents } from '../task-events.ts';

/** Has work done elsewhere: schedules a call, and goes on with its result once that, or its token, is answered. */
export const task: StateAction<TaskState> = {
  async begin(step) {
    const resource = resourceOf(step);
    const token = needsToken(resource) ? step.newToken() : null;
    const scope = step.scope(token === null ? {} : { Task: { Token: token } });
    const timeouts = await timeoutsOf(step);
    const input = await step.dataFlow.workInput(step.state, scope);
    if (isTooLarge(JSON.stringify(input))) throw dataLimitExceeded(step.state.name);
    schedule(step, resource, input, token, timeouts);
    return STAY;
  },

  async resume(step, signal) {
    const { strand } = step;
    if (strand.call === null) return STAY;
    switch (signal.type) {
      case 'answered':
        return signal.attempt === strand.attempt && strand.phase === 'calling'
          ? answered(step, strand.call, signal.answer)
          : STAY;
      case 'task-ended':
        if (strand.phase === 'submitted') return ended(step, signal.outcome);
        strand.call = { ...strand.call, early: signal.outcome };
        return STAY;
      case 'activity-started':
        taskEvents(resourceOf(step)).started(step, signal.workerName);
        strand.call = { ...strand.call, scheduledAtMs: step.nowMs };
        strand.dueAtMs = dueAt(strand.call, step.nowMs);
        return STAY;
      case 'heartbeat':
        strand.dueAtMs = dueAt(strand.call, step.nowMs);
        return STAY;
      case 'due':
        return strand.dueAtMs !== null && step.nowMs >= strand.dueAtMs ? timedOut(step, strand.call) : STAY;
      default:
        return STAY;
    }
  },
};

function resourceOf(step: Step<TaskState>): TaskResource {
  const resource = parseResource(step.state.resource);
  if (resource === null)
    throw runtimeFailure(`The resource '${step.state.resource}' cannot be called from a Task state.`);
  return resource;
}

async function timeoutsOf({ state, dataFlow, scope }: Step<TaskState>): Promise<TaskTimeouts> {
  return {
    timeoutSeconds: await positive(dataFlow.numberOf(state, 'TimeoutSeconds', scope()), 'TimeoutSeconds'),
    heartbeatSeconds: await positive(dataFlow.numberOf(state, 'HeartbeatSeconds', scope()), 'HeartbeatSeconds'),
  };
}

async function positive(value: Promise<number | null>, field: string): Promise<number | null> {
  const seconds = await value;
  if (seconds !== null && seconds <= 0) throw runtimeFailure(`${field} must be positive, not ${seconds}.`);
  return seconds;
}

function schedule(
  step: Step<TaskState>,
  resource: TaskResource,
  input: Json,
  token: string | null,
  timeouts: TaskTimeouts,
): void {
  const { strand, nowMs } = step;
  const call: ScheduledCall = {
    input,
    token,
    childName: resource.kind === 'service' ? randomUUID() : null,
    timeoutAtMs: timeouts.timeoutSeconds === null ? null : nowMs + timeouts.timeoutSeconds * 1000,
    heartbeatMs: timeouts.heartbeatSeconds === null ? null : timeouts.heartbeatSeconds * 1000,
    scheduledAtMs: nowMs,
    early: null,
  };
  strand.call = call;
  strand.waitsFor = token;
  strand.dueAtMs = dueAt(call, nowMs);
  taskEvents(resource).scheduled(step, call, timeouts, step.region);
  strand.phase = resource.kind === 'activity' ? 'submitted' : 'calling';
  if (resource.kind === 'activity') step.offerToWorkers(resource.arn);
  else step.requestCall();
}

/** The earlier of time-out and missed heartbeat. */
function dueAt(call: ScheduledCall, lastBeatMs: number): number | null {
  const heartbeatAtMs = call.heartbeatMs === null ? null : lastBeatMs + call.heartbeatMs;
  if (call.timeoutAtMs === null || heartbeatAtMs === null) return call.timeoutAtMs ?? heartbeatAtMs;
  return Math.min(call.timeoutAtMs, heartbeatAtMs);
}

function answered(step: Step<TaskState>, call: ScheduledCall, answer: CallAnswer): Promise<Outcome> | Outcome {
  const { strand } = step;
  const resource = resourceOf(step);
  if (!answer.ok && call.early === null) return ended(step, answer);
  const waits = resource.kind === 'service' && resource.pattern !== 'request';
  if (!waits) return ended(step, answer);
  if (answer.ok) {
    taskEvents(resource).submitted(step, answer.output);
    strand.waitsFor = answer.childArn ?? strand.waitsFor;
  }
  strand.phase = 'submitted';
  return call.early === null ? STAY : ended(step, call.early);
}

async function ended(step: Step<TaskState>, outcome: TaskOutcome): Promise<Outcome> {
  const events = taskEvents(resourceOf(step));
  forget(step);
  if (!outcome.ok) {
    events.failed(step, outcome.error, outcome.cause);
    throw new StateFailure(outcome.error, outcome.cause);
  }
  if (isTooLarge(JSON.stringify(outcome.output))) {
    const failure = dataLimitExceeded(step.state.name);
    events.failed(step, failure.error, failure.causeText);
    throw failure;
  }
  events.succeeded(step, outcome.output);
  return {
    kind: 'leave',
    departure: await step.dataFlow.finish(step.state, step.scope(), outcome.output),
    next: step.state.next,
  };
}

function timedOut(step: Step<TaskState>, call: ScheduledCall): never {
  if (step.strand.waitsFor?.startsWith('arn:') === true) step.stopChild(step.strand.waitsFor);
  const missedBeat = call.timeoutAtMs === null || step.nowMs < call.timeoutAtMs;
  taskEvents(resourceOf(step)).timedOut(step);
  forget(step);
  throw new StateFailure(STATES_ERROR.timeout, null, {
    alsoKnownAs: missedBeat ? [STATES_ERROR.heartbeatTimeout] : [],
  });
}

function forget({ strand }: Step<TaskState>): void {
  strand.call = null;
  strand.waitsFor = null;
  strand.dueAtMs = null;
}
