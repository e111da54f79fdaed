import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ReadingStore } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import { queryAll } from './query-all.ts';

/** An item holds at most 400 KB, its names included. */
const PART_BYTES = 380_000;

/** Large readings in DynamoDB, each in as many items as it takes. */
export class DynamoReadingStore implements ReadingStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async keep(caseId: string, { id, text }: { readonly id: string; readonly text: string }): Promise<void> {
    const bytes = Buffer.from(text);
    const parts = Math.ceil(bytes.length / PART_BYTES);
    for (let part = 0; part < parts; part += 1) {
      const body = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
      const key = { caseId: { S: caseId }, part: { S: partKey(id, part) } };
      await this.#putNew({ ...key, parts: { N: String(parts) }, body: { B: body } });
    }
  }

  /** Of the same name are the same bytes: what is there stays. */
  async #putNew(item: Item): Promise<void> {
    const condition = { ConditionExpression: 'attribute_not_exists(caseId)' };
    try {
      await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item, ...condition }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async text(caseId: string, id: string): Promise<string | null> {
    const parts = await this.#parts(caseId, id);
    if (parts.length === 0 || parts.length !== Number(parts[0]?.['parts']?.N)) return null;
    return Buffer.concat(parts.map(({ body }) => body?.B ?? new Uint8Array())).toString('utf8');
  }

  #parts(caseId: string, id: string): Promise<Item[]> {
    return queryAll(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: 'caseId = :caseId AND begins_with(part, :id)',
      ExpressionAttributeValues: { ':caseId': { S: caseId }, ':id': { S: `${id}#` } },
      ConsistentRead: true,
    });
  }
}

/** Parts as text sort as their numbers do. */
function partKey(id: string, part: number): string {
  return `${id}#${String(part).padStart(5, '0')}`;
}
