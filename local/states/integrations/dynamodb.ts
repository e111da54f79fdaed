import { fieldsOf } from './parameters.ts';
import { responseMetadata } from './response-metadata.ts';
import type { Integration } from './task-call.ts';

/** The four operations on single items. */
export const dynamodb: Integration = {
  operations: { getItem: ['request'], putItem: ['request'], updateItem: ['request'], deleteItem: ['request'] },
  errorPrefix: 'DynamoDB',
  baseException: 'AmazonDynamoDBException',
  serviceName: 'AmazonDynamoDBv2',

  async call({ input, resource, dispatch, caller }) {
    const operation = `${resource.operation.charAt(0).toUpperCase()}${resource.operation.slice(1)}`;
    const response = await dispatch({ service: 'dynamodb', operation, input: fieldsOf(input), caller });
    return { ok: true, output: { ...response, ...responseMetadata() }, childArn: null };
  },
};
