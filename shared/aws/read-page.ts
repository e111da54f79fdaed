import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Item } from './case-items.ts';
import { readItems } from './read-items.ts';

/** What a page ended at, as an opaque text for the caller to hand back. */
const Position = z.record(z.string(), z.string());

/**
 * One page of an index of the table `Cases`, each item as it is now: one that has left the list since the index was
 * written is left out.
 * @throws z.ZodError or SyntaxError for a cursor that is none of ours.
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
  const partitionKey = page.index === 'byList' ? 'listPk' : 'statePk';
  const answer = await client.send(
    new QueryCommand({
      TableName: page.table,
      IndexName: page.index,
      KeyConditionExpression: '#partition = :partition',
      ExpressionAttributeNames: { '#partition': partitionKey },
      ExpressionAttributeValues: { ':partition': { S: page.partition } },
      ScanIndexForward: !page.newestFirst,
      Limit: page.limit,
      ExclusiveStartKey: page.after === null ? undefined : decode(page.after),
    }),
  );
  const items = await readEntries(client, page.table, answer.Items ?? []);
  return {
    items: items.filter((item) => item[partitionKey]?.S === page.partition),
    next: answer.LastEvaluatedKey === undefined ? null : encode(answer.LastEvaluatedKey),
  };
}

/** What an index names, as it is now, in its order. */
async function readEntries(client: DynamoDBClient, table: string, entries: readonly Item[]): Promise<Item[]> {
  const keys = entries.map(({ pk, sk }) => ({ pk: { S: pk?.S ?? '' }, sk: { S: sk?.S ?? '' } }));
  return (await readItems(client, table, keys)).filter((item) => item !== undefined);
}

function encode(key: Item): string {
  const position = Object.fromEntries(Object.entries(key).map(([name, value]) => [name, value.S ?? '']));
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decode(cursor: string): Item {
  const position = Position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  return Object.fromEntries(Object.entries(position).map(([name, text]) => [name, { S: text }]));
}
