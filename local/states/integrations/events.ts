import type { Json } from '../../kernel/service.ts';
import { isObject } from '../asl/definition.ts';
import { fieldsOf, withTextFields } from './parameters.ts';
import { responseMetadata } from './response-metadata.ts';
import type { Integration } from './task-call.ts';

/** `events:putEvents`: one refused entry fails the task. */
export const events: Integration = {
  operations: { putEvents: ['request', 'token'] },
  errorPrefix: 'EventBridge',
  baseException: 'AmazonEventBridgeException',
  serviceName: 'AmazonEventBridge',

  async call({ input, dispatch, caller }) {
    const fields = fieldsOf(input);
    const entries = Array.isArray(fields['Entries']) ? fields['Entries'].map(entryOf) : [];
    const request = { ...fields, Entries: entries };
    const response = await dispatch({ service: 'events', operation: 'PutEvents', input: request, caller });
    if (Number(response['FailedEntryCount'] ?? 0) > 0) {
      return { ok: false, error: 'EventBridge.FailedEntry', cause: JSON.stringify(response) };
    }
    return { ok: true, output: { ...response, ...responseMetadata() }, childArn: null };
  },
};

function entryOf(entry: Json): Json {
  return isObject(entry) ? withTextFields(entry, ['Detail']) : entry;
}
