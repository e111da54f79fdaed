import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type Shape, ShapeId } from '../contracts/index.ts';
import type { ShapeStore } from '../ports/index.ts';
import { keyOf, shapePartition } from './item-keys.ts';
import { queryAll } from './query-all.ts';
import { readShape } from './shape-items.ts';

export class DynamoShapeStore implements ShapeStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(shapeId: string): Promise<Shape | null> {
    if (!ShapeId.safeParse(shapeId).success) return null;
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: keyOf.shape(shapeId), ConsistentRead: true }),
    );
    return item === undefined ? null : readShape(item);
  }

  async ofWorkflow(workflow: string): Promise<readonly Shape[]> {
    const items = await queryAll(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: shapePartition(workflow) } },
      ConsistentRead: true,
    });
    return items.map(readShape).toSorted((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? -1 : 1));
  }
}
