import type { SpecialRoute } from '../endpoint/routes.ts';
import { AwsError, notBuilt } from '../kernel/errors.ts';
import type { Caller, Json, JsonObject, Operation } from '../kernel/service.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import { nameParts } from './functions.ts';
import { invokeFunction } from './invoke.ts';
import type { LambdaParts } from './parts.ts';

/**
 * Lambda's Invoke. `Payload` of the input is JSON text as on the wire, or a JSON value other than text, which services
 * in this process may hand over as it is. `Payload` of the output is JSON text.
 */
export function invokeOperation(parts: LambdaParts, queue: AsyncInvocations): Operation {
  return {
    permissions: (input) => {
      const named = nameParts(textOf(input, 'FunctionName') ?? '', textOf(input, 'Qualifier'));
      return [{ action: 'lambda:InvokeFunction', resource: parts.functions.arn(named) }];
    },
    run: (input, caller) => invoke(parts, queue, input, caller),
  };
}

const KNOWN: ReadonlySet<string> = new Set(['FunctionName', 'Qualifier', 'InvocationType', 'Payload']);

async function invoke(
  parts: LambdaParts,
  queue: AsyncInvocations,
  input: JsonObject,
  caller: Caller,
): Promise<JsonObject> {
  const unknown = Object.keys(input).find(
    (name) => !KNOWN.has(name) && !(name === 'LogType' && input[name] === 'None'),
  );
  if (unknown !== undefined) throw notBuilt('Lambda', `Invoke parameter ${unknown}`);
  const target = parts.functions.find(textOf(input, 'FunctionName') ?? '', textOf(input, 'Qualifier'));
  const payload = payloadOf(input['Payload']);
  switch (textOf(input, 'InvocationType') ?? 'RequestResponse') {
    case 'DryRun':
      return { StatusCode: 204 };
    case 'Event':
      await queue.accept({ target, payload, traceId: caller.traceId });
      return { StatusCode: 202 };
    case 'RequestResponse': {
      const result = await invokeFunction(parts, { target, payload, traceId: caller.traceId });
      return {
        StatusCode: 200,
        ExecutedVersion: result.executedVersion,
        Payload: result.payload,
        RequestId: result.requestId,
        ...(result.functionError === null ? {} : { FunctionError: result.functionError }),
      };
    }
    default:
      throw new AwsError('InvalidParameterValueException', 'InvocationType must be Event, RequestResponse or DryRun');
  }
}

/** On the wire, the event and the answer are the bodies and the rest is in headers. */
export const INVOKE_ROUTE: SpecialRoute = {
  method: 'POST',
  path: '/2015-03-31/functions/{FunctionName}/invocations',
  service: 'lambda',
  operation: 'Invoke',
  toInput: ({ parameters, query, headers, body }) => {
    const input: Record<string, Json> = { ...parameters, Payload: body.toString('utf8') };
    const type = headers['x-amz-invocation-type'];
    const qualifier = query.get('Qualifier');
    if (typeof type === 'string') input['InvocationType'] = type;
    if (qualifier !== null) input['Qualifier'] = qualifier;
    if (headers['x-amz-client-context'] !== undefined) input['ClientContext'] = 'given';
    if (headers['x-amz-log-type'] === 'Tail') input['LogType'] = 'Tail';
    return input;
  },
  toAnswer: (output) => ({
    status: Number(output['StatusCode']),
    headers: {
      'content-type': 'application/json',
      ...(output['FunctionError'] === undefined ? {} : { 'x-amz-function-error': String(output['FunctionError']) }),
      ...(output['ExecutedVersion'] === undefined
        ? {}
        : { 'x-amz-executed-version': String(output['ExecutedVersion']) }),
    },
    body: output['StatusCode'] === 200 ? String(output['Payload'] ?? '') : '',
  }),
};

/** Without an event, functions get an empty object. */
function payloadOf(payload: Json | undefined): string {
  if (payload === undefined || payload === '') return '{}';
  return typeof payload === 'string' ? payload : JSON.stringify(payload);
}

function textOf(input: JsonObject, key: string): string | undefined {
  const value = input[key];
  return typeof value === 'string' ? value : undefined;
}
