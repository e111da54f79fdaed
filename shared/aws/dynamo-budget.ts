import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { CapCount } from '../contracts/index.ts';
import type { Budget, Correction, Spender } from '../ports/index.ts';
import type { Item } from './case-items.ts';

/** Counters are kept long after the case or the day that they are for. */
const KEPT_SECONDS = 400 * 86_400;

/**
 * The money of models in a table of its own: whoever talks to a model writes nothing else. One counter after the other,
 * and what one has no room for is taken off those before it; in between they hold too much, never too little.
 */
export class DynamoBudget implements Budget {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async reserve(of: Spender, counts: readonly CapCount[], atMs: number): Promise<string | null> {
    for (const [place, count] of counts.entries()) {
      if (await this.#fits(of, count, atMs)) continue;
      const taken = counts.slice(0, place).map(({ cap, day, amount }) => ({ cap, day, amount: -amount }));
      await this.settle(of, taken, atMs);
      return count.cap;
    }
    return null;
  }

  async settle(of: Spender, corrections: readonly Correction[], atMs: number): Promise<void> {
    const due = corrections.filter(({ amount }) => amount !== 0);
    await Promise.all(
      due.map((correction) => this.#client.send(new UpdateItemCommand(this.#addition(of, correction, atMs)))),
    );
  }

  async #fits(of: Spender, count: CapCount, atMs: number): Promise<boolean> {
    const addition = this.#addition(of, count, atMs);
    const room = count.limit - count.amount;
    const conditional = {
      ...addition,
      // A counter that is not there yet has room for what the limit has room for.
      ConditionExpression: room < 0 ? 'spent <= :room' : 'attribute_not_exists(spent) OR spent <= :room',
      ExpressionAttributeValues: { ...addition.ExpressionAttributeValues, ':room': { N: String(room) } },
    };
    try {
      await this.#client.send(new UpdateItemCommand(conditional));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
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
}
