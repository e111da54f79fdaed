import { type DynamoDBClient, QueryCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { Absence, AbsenceChange } from '../contracts/index.ts';
import type { PeopleStore } from '../ports/index.ts';
import { keyOf } from './item-keys.ts';
import { readItems } from './read-items.ts';

export class DynamoPeopleStore implements PeopleStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async absences(people: readonly string[], nowMs: number): Promise<readonly Absence[]> {
    const keys = [...new Set(people.map((person) => person.toLowerCase()))].map(keyOf.person);
    return (await readItems(this.#client, this.#table, keys))
      .flatMap((item) => Absence.nullable().parse(JSON.parse(item?.['body']?.S ?? 'null')) ?? [])
      .filter(({ untilMs }) => untilMs > nowMs);
  }

  /** Both items at once, and nothing is ever deleted: what was said of an absence stays on record. */
  async setAbsence(person: string, absence: Absence | null, { by, atMs }: { by: string; atMs: number }): Promise<void> {
    const change: AbsenceChange = { by, atMs, absence };
    const put = (key: ReturnType<typeof keyOf.person>, body: unknown) => ({
      Put: { TableName: this.#table, Item: { ...key, body: { S: JSON.stringify(body) } } },
    });
    await this.#client.send(
      new TransactWriteItemsCommand({
        TransactItems: [put(keyOf.person(person), absence), put(keyOf.absenceChange(person, atMs), change)],
      }),
    );
  }

  async absenceChanges(person: string, limit: number): Promise<readonly AbsenceChange[]> {
    const { Items: items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': keyOf.person(person).pk, ':prefix': { S: 'absence#' } },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return items.map((item) => AbsenceChange.parse(JSON.parse(item['body']?.S ?? '{}')));
  }
}
