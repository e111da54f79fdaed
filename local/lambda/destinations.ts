import { notBuilt } from '../kernel/errors.ts';
import type { AwsCall, Caller, Json, JsonObject } from '../kernel/service.ts';
import { isObject } from '../template/intrinsics.ts';
import type { AsyncInvocation, OutcomeCondition } from './async-invocations.ts';
import type { Target } from './functions.ts';
import type { InvocationResult } from './invoke.ts';
import type { InvokeConfig } from './invoke-config.ts';
import type { LambdaParts } from './parts.ts';

export interface Outcome {
  readonly invocation: AsyncInvocation;
  readonly result: InvocationResult | null;
  readonly condition: OutcomeCondition;
  readonly config: InvokeConfig;
}

/** Sends the record of an asynchronous invocation to its destination, and a failed event to the dead-letter queue. */
export async function deliverOutcome(parts: LambdaParts, outcome: Outcome): Promise<void> {
  const { definition } = targetOf(parts, outcome);
  const isSuccess = outcome.condition === 'Success';
  const destination = isSuccess ? outcome.config.onSuccess : outcome.config.onFailure;
  const caller: Caller = {
    kind: 'role',
    roleArn: definition.roleArn,
    sessionName: definition.name,
    traceId: outcome.invocation.traceId,
  };
  if (destination !== null)
    await parts.dispatch(callFor(destination, recordOf(parts, outcome), caller, parts.endpoint));
  if (!isSuccess && definition.deadLetterArn !== null) {
    const event = JSON.parse(outcome.invocation.payload) as Json;
    const dead = callFor(definition.deadLetterArn, event, caller, parts.endpoint);
    await parts.dispatch({ ...dead, input: { ...dead.input, MessageAttributes: deadLetterAttributes(outcome) } });
  }
}

/** What a dead-letter queue or topic is told beside the event. */
function deadLetterAttributes({ invocation, result }: Outcome): JsonObject {
  const attributes = {
    RequestID: { DataType: 'String', StringValue: invocation.id },
    ErrorCode: { DataType: 'Number', StringValue: '200' },
  };
  const message = result === null ? undefined : errorMessageOf(JSON.parse(result.payload) as Json);
  if (message === undefined || message === '') return attributes;
  return { ...attributes, ErrorMessage: { DataType: 'String', StringValue: message.slice(0, LONGEST_ERROR_MESSAGE) } };
}

const LONGEST_ERROR_MESSAGE = 1024;

function errorMessageOf(payload: Json): string | undefined {
  const message = isObject(payload) ? payload['errorMessage'] : undefined;
  return typeof message === 'string' ? message : undefined;
}

function callFor(destinationArn: string, record: Json, caller: Caller, endpoint: string): AwsCall {
  const [, , service = '', , accountId = '', name = ''] = destinationArn.split(':');
  const text = JSON.stringify(record);
  switch (service) {
    case 'sqs':
      return call('sqs', 'SendMessage', { QueueUrl: `${endpoint}/${accountId}/${name}`, MessageBody: text }, caller);
    case 'sns':
      return call('sns', 'Publish', { TopicArn: destinationArn, Message: text }, caller);
    case 'lambda':
      return call('lambda', 'Invoke', { FunctionName: destinationArn, InvocationType: 'Event', Payload: text }, caller);
    case 'events': {
      const entry = {
        EventBusName: destinationArn,
        Source: 'lambda',
        DetailType: 'Lambda Function Invocation Result',
        Detail: text,
      };
      return call('events', 'PutEvents', { Entries: [entry] }, caller);
    }
    default:
      throw notBuilt('Lambda', `destination ${destinationArn}`);
  }
}

function call(service: string, operation: string, input: JsonObject, caller: Caller): AwsCall {
  return { service, operation, input, caller };
}

function recordOf(parts: LambdaParts, outcome: Outcome): Json {
  const { invocation, result, condition } = outcome;
  return {
    version: '1.0',
    timestamp: new Date(parts.clock.now()).toISOString(),
    requestContext: {
      requestId: invocation.id,
      functionArn: `${targetOf(parts, outcome).definition.arn}:${invocation.qualifier ?? '$LATEST'}`,
      condition,
      approximateInvokeCount: invocation.attempts,
    },
    requestPayload: JSON.parse(invocation.payload) as Json,
    ...(result === null
      ? {}
      : {
          responseContext: {
            statusCode: 200,
            executedVersion: result.executedVersion,
            ...(result.functionError === null ? {} : { functionError: result.functionError }),
          },
          responsePayload: JSON.parse(result.payload) as Json,
        }),
  };
}

function targetOf(parts: LambdaParts, { invocation }: Outcome): Target {
  return parts.functions.find(invocation.functionName, invocation.qualifier ?? undefined);
}
