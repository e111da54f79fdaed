import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from './case-items.ts';
import { cursorAt, keyOfCursor, PARTITION_KEYS } from './page-cursor.ts';
import { readItems } from './read-items.ts';

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
  const items = await readEntries(client, page.table, answer.Items ?? []);
  return {
    items: items.filter((item) => item[partitionKey]?.S === page.partition),
    next: answer.LastEvaluatedKey === undefined ? null : cursorAt(answer.LastEvaluatedKey),
  };
}

/** What an index names, as it is now, in its order. */
async function readEntries(client: DynamoDBClient, table: string, entries: readonly Item[]): Promise<Item[]> {
  const keys = entries.map(({ pk, sk }) => ({ pk: { S: pk?.S ?? '' }, sk: { S: sk?.S ?? '' } }));
  return (await readItems(client, table, keys)).filter((item) => item !== undefined);
}
