import { BatchGetItemCommand, DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { Absence } from '../contracts/index.ts';
import type { PeopleStore } from '../ports/index.ts';
import { keyOf } from './item-keys.ts';

export class DynamoPeopleStore implements PeopleStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async absences(people: readonly string[], nowMs: number): Promise<readonly Absence[]> {
    const keys = [...new Set(people.map((person) => person.toLowerCase()))].map(keyOf.person);
    if (keys.length === 0) return [];
    const { Responses: found = {} } = await this.#client.send(
      new BatchGetItemCommand({ RequestItems: { [this.#table]: { Keys: keys, ConsistentRead: true } } }),
    );
    return (found[this.#table] ?? [])
      .map((item) => Absence.parse(JSON.parse(item['body']?.S ?? '{}')))
      .filter(({ untilMs }) => untilMs > nowMs);
  }

  async setAbsence(person: string, absence: Absence | null): Promise<void> {
    const key = keyOf.person(person);
    if (absence === null) {
      await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key: key }));
      return;
    }
    await this.#client.send(
      new PutItemCommand({ TableName: this.#table, Item: { ...key, body: { S: JSON.stringify(absence) } } }),
    );
  }
}
