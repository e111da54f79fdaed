import { randomUUID } from 'node:crypto';
import type { Caller, Json, JsonObject } from '../../../kernel/service.ts';
import type { Departure } from '../../asl/data-flow.ts';
import { dataFlowOf } from '../../asl/data-flow.ts';
import { limitedText } from '../../asl/data-size.ts';
import type { MapState, State, TaskState } from '../../asl/definition.ts';
import { STATES_ERROR, StateFailure } from '../../asl/failure.ts';
import { parseResource } from '../../asl/resource.ts';
import type { Scope } from '../../asl/scope.ts';
import { beginState } from '../../asl/state-actions.ts';
import type { Step } from '../../asl/step.ts';
import type { Strand, TaskOutcome } from '../../asl/strand.ts';
import { newStrand } from '../../asl/strand-source.ts';
import { taskCaller } from '../../integrations/call-task.ts';
import { validationError } from '../refusals.ts';
import type { StatesContext } from '../states-context.ts';
import { inspectMap, itemsOf } from './inspect-map.ts';
import type { Inspection } from './inspection.ts';
import { inspectInput, inspectResult } from './inspection.ts';

/** Where a tested state leads, with its data. Throws StateFailure where it fails. */
export interface TestedDeparture {
  readonly departure: Departure;
  readonly next: string | null;
}

export interface TestRun {
  readonly state: State;
  readonly scope: Scope;
  readonly mock: TaskOutcome | null;
  readonly roleArn: string | null;
  /** How many iterations of a Map state the mock says have failed. */
  readonly failedIterations: number;
  /** What an ItemReader is taken to have read; null where the request does not say. */
  readonly readerData: string | null;
  readonly inspection: Inspection;
}

export async function runState(context: StatesContext, run: TestRun): Promise<TestedDeparture> {
  const { state, scope, inspection } = run;
  await inspectInput(state, scope, inspection);
  if (state.type === 'Map') await inspectMap(loneStep(context, state, scope), run.readerData, inspection);
  if (state.type !== 'Task' && state.type !== 'Map' && state.type !== 'Parallel') return runByItself(context, run);
  const outcome = run.mock ?? (state.type === 'Task' ? await callOnce(context, run, state) : null);
  if (outcome === null) throw new Error('only tasks can be called');
  if (!outcome.ok) throw new StateFailure(outcome.error, outcome.cause);
  if (state.type === 'Map') await checkTolerance(loneStep(context, state, scope), run);
  inspectResult(state, scope, outcome.output, inspection);
  limitedText(outcome.output, state.name);
  return { departure: await dataFlowOf(state).finish(state, scope, outcome.output), next: state.next };
}

/** States without work: they run as they do in an execution, but a wait is over at once. */
async function runByItself(context: StatesContext, { state, scope, inspection }: TestRun): Promise<TestedDeparture> {
  const outcome = await beginState(loneStep(context, state, scope));
  if (state.type === 'Pass' && state.language === 'JSONPath') {
    inspectResult(
      state,
      scope,
      state.fields['Result'] ?? (await dataFlowOf(state).workInput(state, scope)),
      inspection,
    );
  }
  if (outcome.kind === 'leave') return { departure: outcome.departure, next: outcome.next };
  return { departure: await dataFlowOf(state).finish(state, scope), next: state.next };
}

function loneStep<S extends State>(context: StatesContext, state: S, scope: Scope): Step<S> {
  const unexpected = (): never => {
    throw new Error(`a ${state.type} state was not expected to do this`);
  };
  return {
    strand: loneStrand(state, scope.input),
    state,
    dataFlow: dataFlowOf(state),
    nowMs: context.clock.now(),
    region: context.place.region,
    scope: (extra) => (extra === undefined ? scope : { ...scope, context: { ...scope.context, ...extra } }),
    log: () => undefined,
    requestCall: unexpected,
    offerToWorkers: unexpected,
    addStrands: unexpected,
    startStrand: unexpected,
    startChild: unexpected,
    stopChild: unexpected,
    newMapRunArn: unexpected,
    recordMapRun: unexpected,
    strandOutputs: unexpected,
    abortStrands: unexpected,
    newToken: unexpected,
  };
}

function loneStrand(state: State, input: Json): Strand {
  return newStrand(0, null, { index: 0, flow: [], item: null, inputText: JSON.stringify(input), startAt: state.name });
}

/** Without a mock the call is made for real, with the role of the request. */
async function callOnce(context: StatesContext, { scope, roleArn }: TestRun, state: TaskState): Promise<TaskOutcome> {
  const resource = parseResource(state.resource);
  if (
    resource === null ||
    resource.kind === 'activity' ||
    (resource.kind === 'service' && resource.pattern !== 'request')
  ) {
    throw validationError(`TestState needs a mock for the resource '${state.resource}'`);
  }
  const input = await dataFlowOf(state).workInput(state, scope);
  const caller: Caller = { kind: 'role', roleArn: roleArn ?? '', sessionName: 'test-state', traceId: null };
  const call = {
    input,
    token: null,
    childName: randomUUID(),
    timeoutAtMs: null,
    heartbeatMs: null,
    scheduledAtMs: context.clock.now(),
    early: null,
  };
  return taskCaller(context.dispatch)({ resource, input, call, caller, isRepeat: false });
}

async function checkTolerance(
  step: Step<MapState>,
  { failedIterations, inspection, readerData }: TestRun,
): Promise<void> {
  const [count, percentage] = [inspection['toleratedFailureCount'], inspection['toleratedFailurePercentage']];
  if (failedIterations === 0 || (count === undefined && percentage === undefined)) return;
  const items = await itemsOf(step, readerData);
  const isOverCount = typeof count === 'number' && failedIterations > count;
  const isOverPercentage = typeof percentage === 'number' && (failedIterations / items.length) * 100 > percentage;
  if (!isOverCount && !isOverPercentage) return;
  throw new StateFailure(
    STATES_ERROR.exceedToleratedFailureThreshold,
    'The specified tolerated failure threshold was exceeded',
  );
}

/** The departure as an answer tells it. */
export function departureFields({ departure, next }: TestedDeparture): JsonObject {
  return { output: JSON.stringify(departure.output), ...(next === null ? {} : { nextState: next }) };
}
