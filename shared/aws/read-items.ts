import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from './case-items.ts';
import { pause } from './pause.ts';

interface Key {
  readonly pk: { readonly S: string };
  readonly sk: { readonly S: string };
}

/** Reads of what was left over by the one before. */
const MOST_TRIES = 4;

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
  const items: Item[] = [];
  let left: Item[] = keys.map((key) => ({ ...key }));
  for (let attempt = 1; left.length > 0; attempt += 1) {
    if (attempt > MOST_TRIES) throw new Error('Not all items could be read at once');
    if (attempt > 1) await pause(attempt);
    const { Responses: found = {}, UnprocessedKeys: unread = {} } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
    );
    items.push(...(found[table] ?? []));
    left = unread[table]?.Keys ?? [];
  }
  return keys.map((key) => items.find(({ pk, sk }) => pk?.S === key.pk.S && sk?.S === key.sk.S));
}
