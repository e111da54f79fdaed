import {
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { CapCount } from '../contracts/index.ts';
import type { Budget, Correction, Spender } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import { pause } from './pause.ts';

/** Tries while others write to the same counter. */
const MOST_TRIES = 12;

/** Counters are kept long after the case or the day that they are for. */
const KEPT_SECONDS = 400 * 86_400;

/** The money of models in a table of its own: whoever talks to a model writes nothing else. */
export class DynamoBudget implements Budget {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async reserve(of: Spender, counts: readonly CapCount[], atMs: number): Promise<string | null> {
    const full = await this.#write(counts.map((count) => this.#ifRoom(of, count, atMs)));
    return full === null ? null : (counts[full]?.cap ?? null);
  }

  async settle(of: Spender, corrections: readonly Correction[], atMs: number): Promise<void> {
    const due = corrections.filter(({ amount }) => amount !== 0);
    if (due.length > 0) await this.#write(due.map((correction) => ({ Update: this.#addition(of, correction, atMs) })));
  }

  #ifRoom(of: Spender, count: CapCount, atMs: number): TransactWriteItem {
    const addition = this.#addition(of, count, atMs);
    const room = count.limit - count.amount;
    return {
      Update: {
        ...addition,
        ConditionExpression: room < 0 ? 'spent <= :room' : 'attribute_not_exists(spent) OR spent <= :room',
        ExpressionAttributeValues: { ...addition.ExpressionAttributeValues, ':room': { N: String(room) } },
      },
    };
  }

  #addition({ workflow, caseId }: Spender, { cap, day, amount }: Correction, atMs: number) {
    const expiresAt = Math.ceil(atMs / 1_000) + KEPT_SECONDS;
    const values: Item = { ':amount': { N: String(amount) }, ':expiresAt': { N: String(expiresAt) } };
    return {
      TableName: this.#table,
      Key: { pk: { S: `${workflow}#${cap}#${day ?? caseId}` } },
      UpdateExpression: 'ADD spent :amount SET expiresAt = :expiresAt',
      ExpressionAttributeValues: values,
    };
  }

  /** @returns the place of the first part whose condition does not hold; null when all is written. */
  async #write(parts: readonly TransactWriteItem[]): Promise<number | null> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#client.send(new TransactWriteItemsCommand({ TransactItems: [...parts] }));
        return null;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
        const full = codes.indexOf('ConditionalCheckFailed');
        if (full !== -1) return full;
        const isPassing = codes.some((code) => code === 'TransactionConflict' || code === 'ThrottlingError');
        if (!isPassing || attempt === MOST_TRIES) throw error;
        await pause(attempt);
      }
    }
  }
}
