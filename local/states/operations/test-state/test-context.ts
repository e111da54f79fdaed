import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../../kernel/service.ts';
import { isoTime } from '../../asl/context-object.ts';
import type { State } from '../../asl/definition.ts';
import { isObject } from '../../asl/definition.ts';
import { parseResource } from '../../asl/resource.ts';
import type { Scope, Variables } from '../../asl/scope.ts';
import { expressExecutionArn, machineArn } from '../arns.ts';
import { optionalText } from '../fields.ts';
import { validationError } from '../refusals.ts';
import type { StatesContext } from '../states-context.ts';
import { TESTED_NAME } from './tested-state.ts';

/** What the tested state sees: the request's input, variables and context object, or a context made up for it. */
export function testScope(context: StatesContext, input: JsonObject, state: State): Scope {
  const stateInput = jsonOf(input, 'input') ?? {};
  return {
    input: stateInput,
    context: givenContext(input, state) ?? madeUpContext(context, input, state, stateInput),
    variables: variablesOf(input),
    nowMs: context.clock.now(),
    random: context.random,
  };
}

export function variablesOf(input: JsonObject): Variables {
  const variables = jsonOf(input, 'variables');
  return isObject(variables) ? variables : {};
}

function givenContext(input: JsonObject, state: State): JsonObject | null {
  const given = jsonOf(input, 'context');
  if (!isObject(given)) return null;
  if (given['Task'] !== undefined && !waits(state)) {
    throw validationError(
      "Invalid Context object provided: Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    );
  }
  return given;
}

function waits(state: State): boolean {
  const resource = state.type === 'Task' ? parseResource(state.resource) : null;
  return resource?.kind === 'activity' || (resource?.kind === 'service' && resource.pattern !== 'request');
}

function madeUpContext(context: StatesContext, input: JsonObject, state: State, stateInput: Json): JsonObject {
  const [machineName, name] = [randomUUID(), randomUUID()];
  const machine = machineArn(context.place, machineName);
  const time = isoTime(context.clock.now());
  const canRetry = state.type === 'Map' || state.type === 'Parallel' || state.type === 'Task';
  return {
    Execution: {
      Id: expressExecutionArn(machine, name, '').slice(0, -1),
      Input: stateInput,
      Name: name,
      RoleArn: optionalText(input, 'roleArn'),
      StartTime: time,
    },
    StateMachine: { Id: machine, Name: machineName },
    State: { Name: TESTED_NAME, EnteredTime: time, ...(canRetry ? { RetryCount: 0 } : {}) },
  };
}

function jsonOf(input: JsonObject, member: string): Json | null {
  const text = optionalText(input, member);
  if (text === null) return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw validationError(`The member '${member}' is not valid JSON`);
  }
}
