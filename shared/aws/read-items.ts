import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from './case-items.ts';
import { pause } from './pause.ts';

interface Key {
  readonly pk: { readonly S: string };
  readonly sk: { readonly S: string };
}

/** As many as DynamoDB takes in one call. */
const MOST_KEYS = 100;
/** Reads one after the other that bring nothing. */
const MOST_IN_VAIN = 4;

/**
 * Several items at once, in the order of their keys; undefined where there is none. No key may come twice.
 * @throws when not all could be read: half an answer must not pass for "there is none".
 */
export async function readItems(
  client: DynamoDBClient,
  table: string,
  keys: readonly Key[],
): Promise<(Item | undefined)[]> {
  const calls = Array.from({ length: Math.ceil(keys.length / MOST_KEYS) }, (_, at) =>
    readSome(client, table, keys.slice(at * MOST_KEYS, (at + 1) * MOST_KEYS)),
  );
  const found = new Map((await Promise.all(calls)).flat().map((item) => [keyText(item), item]));
  return keys.map((key) => found.get(keyText(key)));
}

/** DynamoDB hands back at most 16 MB a call, less where it is busy, and says what is left. */
async function readSome(client: DynamoDBClient, table: string, keys: readonly Key[]): Promise<Item[]> {
  const items: Item[] = [];
  let left: Item[] = keys.map((key) => ({ ...key }));
  for (let inVain = 0; left.length > 0; ) {
    if (inVain === MOST_IN_VAIN) throw new Error('Not all items could be read at once');
    if (inVain > 0) await pause(inVain + 1);
    const { Responses: found = {}, UnprocessedKeys: unread = {} } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
    );
    items.push(...(found[table] ?? []));
    const unreadKeys = unread[table]?.Keys ?? [];
    inVain = unreadKeys.length < left.length ? 0 : inVain + 1;
    left = unreadKeys;
  }
  return items;
}

function keyText({ pk, sk }: Item | Key): string {
  return JSON.stringify([pk?.S, sk?.S]);
}
