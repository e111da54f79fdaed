import type { AwsCall, JsonObject } from '../kernel/service.ts';
import type { GivenUp } from './outbox.ts';
import type { Delivery } from './pending.ts';
import { queueUrlOfArn } from './target.ts';

/** The call that puts an undeliverable event on its dead-letter queue, with the attributes that AWS gives it. */
export function deadLetterCall(delivery: Delivery, queueArn: string, outcome: GivenUp): AwsCall {
  const attributes = {
    ...delivery.deadLetter.about,
    ERROR_CODE: outcome.failure.code,
    ERROR_MESSAGE: outcome.failure.message,
    RETRY_ATTEMPTS: String(outcome.retries),
    ...(outcome.condition === null ? {} : { EXHAUSTED_RETRY_CONDITION: outcome.condition }),
  };
  return {
    service: 'sqs',
    operation: 'SendMessage',
    caller: delivery.deadLetter.caller,
    input: {
      QueueUrl: queueUrlOfArn(queueArn),
      MessageBody: delivery.deadLetter.body,
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, value]): [string, JsonObject] => [
          name,
          { DataType: name === 'RETRY_ATTEMPTS' ? 'Number' : 'String', StringValue: value === '' ? '-' : value },
        ]),
      ),
    },
  };
}
