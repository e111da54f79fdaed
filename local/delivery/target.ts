import { notBuilt } from '../kernel/errors.ts';
import type { JsonObject } from '../kernel/service.ts';

/** A call without its caller. */
export interface TargetCall {
  readonly service: string;
  readonly operation: string;
  readonly input: JsonObject;
}

/**
 * The call that hands `payload` (JSON text) to the target of an ARN: queue, function, state machine or topic. A
 * state machine gets `executionName`, so that the same delivery twice starts one execution.
 * @throws UnsupportedOperationException for any other target
 */
export function targetCall(arn: string, payload: string, executionName: string): TargetCall {
  const [, , service = '', , , resource = ''] = arn.split(':');
  switch (service) {
    case 'sqs':
      return { service, operation: 'SendMessage', input: { QueueUrl: queueUrlOfArn(arn), MessageBody: payload } };
    case 'lambda':
      return {
        service,
        operation: 'Invoke',
        input: { FunctionName: arn, InvocationType: 'Event', Payload: payload },
      };
    case 'sns':
      return { service, operation: 'Publish', input: { TopicArn: arn, Message: payload } };
    case 'states':
      if (resource !== 'stateMachine') throw notBuilt('delivery', `to ${arn}`);
      return {
        service,
        operation: 'StartExecution',
        input: { stateMachineArn: arn, input: payload, name: executionName },
      };
    default:
      throw notBuilt('delivery', `to ${arn}`);
  }
}

/** SQS looks at the end of a queue URL only. */
export function queueUrlOfArn(arn: string): string {
  const [, , , region = '', accountId = '', name = ''] = arn.split(':');
  return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
}
