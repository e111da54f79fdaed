import { BatchGetItemCommand, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from './case-items.ts';
import { cursorAt, keyOfCursor, PARTITION_KEYS } from './page-cursor.ts';

/**
 * One page of an index of the table `Cases`, each item as it is now: one that has left the list since the index was
 * written is left out.
 * @throws SyntaxError for a cursor that is none of ours, or of another list.
 */
export async function readPage(
  client: DynamoDBClient,
  page: {
    table: string;
    index: 'byList' | 'byState';
    partition: string;
    newestFirst: boolean;
    limit: number;
    after: string | null;
  },
): Promise<{ items: Item[]; next: string | null }> {
  const partitionKey = PARTITION_KEYS[page.index];
  const answer = await client.send(
    new QueryCommand({
      TableName: page.table,
      IndexName: page.index,
      KeyConditionExpression: '#partition = :partition',
      ExpressionAttributeNames: { '#partition': partitionKey },
      ExpressionAttributeValues: { ':partition': { S: page.partition } },
      ScanIndexForward: !page.newestFirst,
      Limit: page.limit,
      ExclusiveStartKey: page.after === null ? undefined : keyOfCursor(page.after, page),
    }),
  );
  const items = await readItems(client, page.table, answer.Items ?? []);
  return {
    items: items.filter((item) => item[partitionKey]?.S === page.partition),
    next: answer.LastEvaluatedKey === undefined ? null : cursorAt(answer.LastEvaluatedKey),
  };
}

/** What an index names, in its order. DynamoDB hands back at most 16 MB a call and says what is left. */
async function readItems(client: DynamoDBClient, table: string, entries: readonly Item[]): Promise<Item[]> {
  const found = new Map<string, Item>();
  let wanted = entries.map(({ pk, sk }): Item => ({ pk: pk ?? NOTHING, sk: sk ?? NOTHING }));
  while (wanted.length > 0) {
    const { Responses: read = {}, UnprocessedKeys: left = {} } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }),
    );
    for (const item of read[table] ?? []) found.set(keyText(item), item);
    wanted = left[table]?.Keys ?? [];
  }
  return entries.map((entry) => found.get(keyText(entry))).filter((item) => item !== undefined);
}

const NOTHING = { S: '' };

function keyText({ pk, sk }: Item): string {
  return JSON.stringify([pk?.S, sk?.S]);
}
