import type { AwsCall, Json } from '../kernel/service.ts';
import type { PricedItem } from './prices.ts';

/** What a call costs beside what its service reports itself (DynamoDB units, transitions, Lambda time); null for nothing. */
export function pricedCall(call: AwsCall): { readonly item: PricedItem; readonly quantity: number } | null {
  switch (call.service) {
    case 'sqs':
      return { item: 'sqs-requests', quantity: chunks(call.input, 64) };
    case 's3':
      return priceOfS3(call.operation);
    case 'secretsmanager':
      return { item: 'secret-calls', quantity: 1 };
    case 'sns':
      return call.operation === 'Publish' ? { item: 'sns-publishes', quantity: chunks(call.input, 64) } : null;
    case 'ses':
      return call.operation.startsWith('Send') ? { item: 'mails-sent', quantity: recipients(call.input) } : null;
    case 'events':
      return call.operation === 'PutEvents' ? { item: 'events-published', quantity: events(call.input) } : null;
    default:
      return null;
  }
}

/** Deletions are free. */
function priceOfS3(operation: string): { readonly item: PricedItem; readonly quantity: number } | null {
  if (operation === 'DeleteObject') return null;
  return { item: operation === 'GetObject' || operation === 'HeadObject' ? 's3-reads' : 's3-writes', quantity: 1 };
}

function chunks(value: Json, sizeKb: number): number {
  return Math.max(1, Math.ceil(Buffer.byteLength(JSON.stringify(value)) / (sizeKb * 1024)));
}

function events(input: AwsCall['input']): number {
  const entries = input['Entries'];
  if (!Array.isArray(entries)) return 1;
  return entries.reduce((sum: number, entry: Json) => sum + chunks(entry, 64), 0);
}

/** SES counts a mail once for each of its recipients. */
function recipients(input: AwsCall['input']): number {
  const destination = input['Destination'];
  if (typeof destination !== 'object' || destination === null) return 1;
  const count = Object.values(destination).reduce(
    (sum: number, list) => sum + (Array.isArray(list) ? list.length : 0),
    0,
  );
  return Math.max(1, count);
}
