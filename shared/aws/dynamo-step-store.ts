import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DueTurn, TurnResult } from '../contracts/index.ts';
import type { CaseWithTurns, StepStore, StoredTurn, TurnKey } from '../ports/index.ts';
import { type Item, readCase } from './case-items.ts';
import { keyOf } from './item-keys.ts';
import { readItems } from './read-items.ts';

/** What steps leave for each other, in a partition beside that of the case: who runs turns may write there and no further. */
export class DynamoStepStore implements StepStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async withTurns(caseId: string, turns: readonly TurnKey[]): Promise<CaseWithTurns> {
    const keys = [keyOf.case(caseId), ...turns.map((turn) => keyOf.turn(caseId, turn))];
    const [case_, ...kept] = await readItems(this.#client, this.#table, keys);
    return {
      case: case_ === undefined ? null : readCase(case_),
      turns: kept.map((item) => (item === undefined ? null : readTurn(item))),
    };
  }

  async keepTurn(caseId: string, turn: TurnKey, result: TurnResult): Promise<TurnResult> {
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: keyOf.turn(caseId, turn),
          UpdateExpression: 'SET #result = :result',
          ConditionExpression: 'attribute_not_exists(#result)',
          ExpressionAttributeNames: { '#result': 'result' },
          ExpressionAttributeValues: { ':result': { S: JSON.stringify(result) } },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return result;
    } catch (error) {
      const first = error instanceof ConditionalCheckFailedException ? error.Item : undefined;
      const kept = first === undefined ? null : readTurn(first).result;
      if (kept === null) throw error;
      return kept;
    }
  }

  async noteProblem(caseId: string, about: string, words: string): Promise<void> {
    const item: Item = { ...keyOf.problem(caseId, about), words: { S: words } };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: item }));
  }

  async problem(caseId: string, about: string): Promise<string | null> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: keyOf.problem(caseId, about), ConsistentRead: true }),
    );
    return item?.['words']?.S ?? null;
  }
}

function readTurn({ handOver, result }: Item): StoredTurn {
  return {
    handOver: handOver?.S === undefined ? null : DueTurn.shape.handOver.parse(JSON.parse(handOver.S)),
    result: result?.S === undefined ? null : TurnResult.parse(JSON.parse(result.S)),
  };
}
