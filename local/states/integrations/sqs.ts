import { fieldsOf, withTextFields } from './parameters.ts';
import { responseMetadata } from './response-metadata.ts';
import type { Integration } from './task-call.ts';

/** `sqs:sendMessage`: a message body that is no text goes as JSON. */
export const sqs: Integration = {
  operations: { sendMessage: ['request', 'token'] },
  errorPrefix: 'SQS',
  baseException: 'AmazonSQSException',
  serviceName: 'AmazonSQS',

  async call({ input, dispatch, caller }) {
    const request = withTextFields(fieldsOf(input), ['MessageBody']);
    const response = await dispatch({ service: 'sqs', operation: 'SendMessage', input: request, caller });
    return { ok: true, output: { ...response, ...responseMetadata() }, childArn: null };
  },
};
