import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from './case-items.ts';

interface Key {
  readonly pk: { readonly S: string };
  readonly sk: { readonly S: string };
}

/**
 * Several items in one read, in the order of their keys; undefined where there is none.
 * @throws when not all could be read: half an answer must not pass for "there is none".
 */
export async function readItems(
  client: DynamoDBClient,
  table: string,
  keys: readonly Key[],
): Promise<(Item | undefined)[]> {
  if (keys.length === 0) return [];
  const { Responses: found = {}, UnprocessedKeys: left = {} } = await client.send(
    new BatchGetItemCommand({
      RequestItems: { [table]: { Keys: keys.map((key) => ({ ...key })), ConsistentRead: true } },
    }),
  );
  if (Object.keys(left).length > 0) throw new Error('Not all items could be read at once');
  const items = found[table] ?? [];
  return keys.map((key) => items.find(({ pk, sk }) => pk?.S === key.pk.S && sk?.S === key.sk.S));
}
