import type { MapState, State, StateType } from './definition.ts';
import type { Signal } from './signal.ts';
import { choice } from './states/choice.ts';
import { distributedMap } from './states/distributed-map.ts';
import { fail } from './states/fail.ts';
import { inlineMap } from './states/map.ts';
import { parallel } from './states/parallel.ts';
import { pass } from './states/pass.ts';
import { succeed } from './states/succeed.ts';
import { task } from './states/task.ts';
import { wait } from './states/wait.ts';
import type { Outcome, StateAction, Step } from './step.ts';
import { STAY } from './step.ts';

/** What is done for each type of state. */
const STATE_ACTIONS: { readonly [T in StateType]: StateAction<Extract<State, { type: T }>> } = {
  Choice: choice,
  Fail: fail,
  Map: { begin: (step) => mapOf(step.state).begin(step), resume: (step, signal) => resumeMap(step, signal) },
  Parallel: parallel,
  Pass: pass,
  Succeed: succeed,
  Task: task,
  Wait: wait,
};

function mapOf(state: MapState): StateAction<MapState> {
  return state.isDistributed ? distributedMap : inlineMap;
}

async function resumeMap(step: Step<MapState>, signal: Signal): Promise<Outcome> {
  return (await mapOf(step.state).resume?.(step, signal)) ?? STAY;
}

export function beginState(step: Step<State>): Promise<Outcome> {
  return actionOf(step.state).begin(step);
}

export async function resumeState(step: Step<State>, signal: Signal): Promise<Outcome> {
  const action = actionOf(step.state);
  return action.resume === undefined ? STAY : action.resume(step, signal);
}

/** The table pairs each type with its own action, which the compiler cannot follow through the lookup. */
function actionOf(state: State): StateAction<State> {
  return STATE_ACTIONS[state.type] as StateAction<State>;
}
