import { fieldsOf, withTextFields } from './parameters.ts';
import { responseMetadata } from './response-metadata.ts';
import type { Integration } from './task-call.ts';

/** `sns:publish`: a message that is no text goes as JSON. */
export const sns: Integration = {
  operations: { publish: ['request', 'token'] },
  errorPrefix: 'SNS',
  baseException: 'AmazonSNSException',
  serviceName: 'AmazonSNS',

  async call({ input, dispatch, caller }) {
    const request = withTextFields(fieldsOf(input), ['Message']);
    const response = await dispatch({ service: 'sns', operation: 'Publish', input: request, caller });
    return { ok: true, output: { ...response, ...responseMetadata() }, childArn: null };
  },
};
