import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Example } from '../contracts/index.ts';
import type { ExampleStore, Page } from '../ports/index.ts';
import { readExample } from './case-items.ts';
import { keyOf } from './item-keys.ts';

export class DynamoExampleStore implements ExampleStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** @throws z.ZodError for a cursor that is none of ours. */
  async list(workflow: string, { limit, after }: Parameters<ExampleStore['list']>[1]): Promise<Page<Example>> {
    const { pk } = keyOf.example(workflow, 0, '');
    const { Items: items = [], LastEvaluatedKey: last } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
        Limit: limit,
        ExclusiveStartKey: after === null ? undefined : { pk, sk: { S: SortKey.parse(after) } },
      }),
    );
    return { items: items.map(readExample), next: last?.['sk']?.S ?? null };
  }
}

const SortKey = z.string().startsWith('example#');
