import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { ConfirmedCase, Lesson } from '../contracts/index.ts';
import type { HistoryStore } from '../ports/index.ts';
import { confirmedIn, readLesson } from './history-items.ts';
import { keyOf } from './item-keys.ts';
import { readItems } from './read-items.ts';

/** What people confirmed, under the keys of histories, in DynamoDB. */
export class DynamoHistoryStore implements HistoryStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async confirmed(keys: readonly string[]): Promise<ReadonlyMap<string, readonly ConfirmedCase[]>> {
    const items = await readItems(this.#client, this.#table, keys.map(keyOf.history));
    return new Map(
      keys.flatMap((key, at) => {
        const cases = confirmedIn(items[at] ?? {});
        return cases.length === 0 ? [] : [[key, cases] as const];
      }),
    );
  }

  async lesson(caseId: string): Promise<Lesson | null> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: keyOf.lesson(caseId), ConsistentRead: true }),
    );
    return item === undefined ? null : readLesson(item);
  }
}
