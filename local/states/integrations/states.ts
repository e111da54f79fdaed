import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/service.ts';
import { asText, fieldsOf } from './parameters.ts';
import { responseMetadata } from './response-metadata.ts';
import type { Integration, ServiceCall } from './task-call.ts';

/** `states:startExecution`: with `.sync` the task goes on when the child execution has ended. */
export const states: Integration = {
  operations: { startExecution: ['request', 'token', 'sync', 'sync:2'] },
  errorPrefix: 'StepFunctions',
  baseException: 'AWSStepFunctionsException',
  serviceName: 'AWSStepFunctions',

  async call(call) {
    const fields = fieldsOf(call.input);
    const request: JsonObject = {
      ...(fields['StateMachineArn'] === undefined ? {} : { stateMachineArn: fields['StateMachineArn'] }),
      input: asText(fields['Input'] ?? {}),
      name: fields['Name'] ?? call.call.childName,
    };
    const response = await start(call, request);
    const executionArn = String(response['executionArn']);
    const startDateMs = Math.round(Number(response['startDate']) * 1000);
    const isSync = call.resource.pattern === 'sync' || call.resource.pattern === 'sync:2';
    return {
      ok: true,
      output: { ExecutionArn: executionArn, ...responseMetadata(), StartDate: startDateMs },
      childArn: isSync ? executionArn : null,
    };
  },
};

/** A call that is repeated after a crash finds the execution that it started the first time, even if that has ended. */
async function start(call: ServiceCall, request: JsonObject): Promise<JsonObject> {
  const { dispatch, caller } = call;
  try {
    return await dispatch({ service: 'states', operation: 'StartExecution', input: request, caller });
  } catch (error) {
    if (!call.isRepeat || !(error instanceof AwsError) || error.name !== 'ExecutionAlreadyExists') throw error;
    const executionArn = startedArn(request);
    const found = await dispatch({
      service: 'states',
      operation: 'DescribeExecution',
      input: { executionArn },
      caller: { kind: 'operator', traceId: caller.traceId },
    });
    const isOurs =
      found['input'] === request['input'] && Number(found['startDate']) * 1000 >= call.call.scheduledAtMs - 1;
    if (!isOurs) throw error;
    return { executionArn, startDate: found['startDate'] ?? 0 };
  }
}

function startedArn(request: JsonObject): string {
  const [arn, partition, service, region, account, , machine] = String(request['stateMachineArn']).split(':');
  return [arn, partition, service, region, account, 'execution', machine, request['name']].join(':');
}
