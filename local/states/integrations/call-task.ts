import type { Dispatch } from '../../kernel/service.ts';
import { STATES_ERROR } from '../asl/failure.ts';
import type { ServiceResource, TaskResource } from '../asl/resource.ts';
import type { CallAnswer } from '../asl/signal.ts';
import { callSdk, isSdkService } from './aws-sdk.ts';
import { callFailure } from './call-failure.ts';
import { dynamodb } from './dynamodb.ts';
import { events } from './events.ts';
import { invokeFunction, lambda } from './lambda.ts';
import { sns } from './sns.ts';
import { sqs } from './sqs.ts';
import { states } from './states.ts';
import type { Integration, TaskCall } from './task-call.ts';

/** The services with an integration of their own. */
const INTEGRATIONS: Readonly<Record<string, Integration>> = { dynamodb, events, lambda, sns, sqs, states };

/** Makes calls of tasks through `dispatch`. Whatever goes wrong is an answer; nothing is thrown. */
export function taskCaller(dispatch: Dispatch): (call: TaskCall) => Promise<CallAnswer> {
  return async (call) => {
    const { resource } = call;
    if (resource.kind === 'lambda-function') return invokeFunction(resource.arn, call.input, dispatch, call.caller);
    if (resource.kind === 'activity' || !canCall(resource)) return unknownResource(resource);
    if (resource.resourceType.startsWith('aws-sdk:')) return callSdk({ ...call, resource, dispatch });
    const integration = INTEGRATIONS[resource.resourceType];
    if (integration === undefined) return unknownResource(resource);
    try {
      return await integration.call({ ...call, resource, dispatch });
    } catch (error) {
      return callFailure(error, integration);
    }
  };
}

/** Whether the local runtime can make the call that a resource asks for, in its pattern. */
export function canCall(resource: TaskResource): boolean {
  if (resource.kind !== 'service') return true;
  if (resource.resourceType.startsWith('aws-sdk:'))
    return isSdkService(resource.resourceType) && isSdkPattern(resource);
  const patterns = INTEGRATIONS[resource.resourceType]?.operations[resource.operation];
  return patterns?.includes(resource.pattern) ?? false;
}

function isSdkPattern({ pattern }: ServiceResource): boolean {
  return pattern === 'request' || pattern === 'token';
}

function unknownResource(resource: TaskResource): CallAnswer {
  const name = resource.kind === 'service' ? `${resource.resourceType}:${resource.resource}` : resource.arn;
  return {
    ok: false,
    error: STATES_ERROR.runtime,
    cause: `The local runtime cannot call '${name}' from a Task state.`,
  };
}
