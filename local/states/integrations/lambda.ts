import type { Caller, Dispatch, Json, JsonObject } from '../../kernel/service.ts';
import { isObject } from '../asl/definition.ts';
import type { CallAnswer } from '../asl/signal.ts';
import { callFailure } from './call-failure.ts';
import { asText, fieldsOf } from './parameters.ts';
import { responseMetadata } from './response-metadata.ts';
import type { Integration } from './task-call.ts';

/** `lambda:invoke`: its answer holds the payload as JSON. */
export const lambda: Integration = {
  operations: { invoke: ['request', 'token'] },
  errorPrefix: 'Lambda',
  baseException: 'AWSLambdaException',
  serviceName: 'AWSLambda',

  async call({ input, dispatch, caller }) {
    const { Payload: payload, ...rest } = fieldsOf(input);
    const request = payload === undefined || payload === null ? rest : { ...rest, Payload: asText(payload) };
    const response = await dispatch({ service: 'lambda', operation: 'Invoke', input: request, caller });
    if (response['FunctionError'] !== undefined) return functionFailure(response);
    const answer: Record<string, Json> = {
      ExecutedVersion: response['ExecutedVersion'] ?? '$LATEST',
      ...(response['LogResult'] === undefined ? {} : { LogResult: response['LogResult'] }),
      Payload: payloadOf(response),
      ...responseMetadata(),
      StatusCode: response['StatusCode'] ?? 200,
    };
    return { ok: true, output: answer, childArn: null };
  },
};

/** A Task state whose resource is the function's own ARN: the payload is the result. */
export async function invokeFunction(
  arn: string,
  input: Json,
  dispatch: Dispatch,
  caller: Caller,
): Promise<CallAnswer> {
  try {
    const request = { FunctionName: arn, Payload: JSON.stringify(input) };
    const response = await dispatch({ service: 'lambda', operation: 'Invoke', input: request, caller });
    if (response['FunctionError'] !== undefined) return functionFailure(response);
    return { ok: true, output: payloadOf(response), childArn: null };
  } catch (error) {
    return callFailure(error, lambda);
  }
}

/** What the function threw: the error is its type, the cause the whole payload. */
function functionFailure(response: JsonObject): CallAnswer {
  const text = typeof response['Payload'] === 'string' ? response['Payload'] : '';
  const payload = payloadOf(response);
  const errorType = isObject(payload) ? payload['errorType'] : undefined;
  if (typeof errorType === 'string') return { ok: false, error: errorType, cause: text };
  const cause = `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`;
  return { ok: false, error: 'Lambda.Unknown', cause };
}

function payloadOf(response: JsonObject): Json {
  const payload = response['Payload'];
  if (typeof payload !== 'string') return payload ?? null;
  if (payload === '') return {};
  try {
    return JSON.parse(payload) as Json;
  } catch {
    return payload;
  }
}
