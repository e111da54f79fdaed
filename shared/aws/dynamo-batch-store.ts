import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { Batch, BatchPiece, type LineFormat } from '../contracts/index.ts';
import type { BatchStore, NewBatch } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import { keyOf, listOf, sortableTime } from './item-keys.ts';

/** As long as messages are kept that no function could take, and a machine that failed can be set going again. */
const KEPT_DAYS = 14;
const DAY_SECONDS = 86_400;

/** The attribute of what came. */
export const BROUGHT = 'brought';

/** Files of many lines, in partitions of the table `Cases`. What came stands in attributes that can be taken out. */
export class DynamoBatchStore implements BatchStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #nowMs: () => number;

  constructor(client: DynamoDBClient, table: string, nowMs: () => number) {
    this.#client = client;
    this.#table = table;
    this.#nowMs = nowMs;
  }

  async begin({ brought, ...head }: NewBatch): Promise<void> {
    const { batchId, workflow, receivedAt } = head;
    // A text that came is found by this list when somebody in it is to be erased; it leaves the list when it is forgotten.
    const list = {
      statePk: { S: listOf.waitingFilesOf(workflow) },
      listSk: { S: sortableTime(Date.parse(receivedAt), batchId) },
    };
    await this.#putFirst({
      ...{ ...keyOf.batch(batchId), head: json(head), [BROUGHT]: json(brought) },
      ...('file' in brought.source ? list : {}),
    });
  }

  async get(batchId: string): Promise<Batch | null> {
    const item = await this.#item(keyOf.batch(batchId));
    if (item === null) return null;
    const { head, [BROUGHT]: brought, divided, format } = item;
    return Batch.parse({
      ...parsed(head),
      ...{ brought: parsed(brought), divided: parsed(divided), format: parsed(format) },
    });
  }

  async keepPiece(batchId: string, { work, ...piece }: BatchPiece): Promise<void> {
    const key = keyOf.batchPiece(batchId, piece.number);
    await this.#putFirst({ ...key, piece: json(piece), ...(work === null ? {} : { work: json(work) }) });
  }

  async divide(batchId: string, divided: NonNullable<Batch['divided']>, format: LineFormat | null): Promise<void> {
    await this.#update({
      Key: keyOf.batch(batchId),
      UpdateExpression: 'SET divided = :divided, #format = :format',
      ConditionExpression: 'attribute_exists(#brought)',
      ExpressionAttributeNames: { '#format': 'format', '#brought': BROUGHT },
      ExpressionAttributeValues: { ':divided': json(divided), ':format': json(format) },
    });
  }

  async piece(batchId: string, number: number): Promise<BatchPiece | null> {
    const item = await this.#item(keyOf.batchPiece(batchId, number));
    return item === null ? null : BatchPiece.parse({ ...parsed(item['piece']), work: parsed(item['work']) });
  }

  async forgetWork(batchId: string, number: number): Promise<void> {
    await this.#update({
      Key: keyOf.batchPiece(batchId, number),
      UpdateExpression: 'REMOVE #work',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#work': 'work' },
    });
  }

  async forget(batchId: string): Promise<void> {
    await this.#update({
      Key: keyOf.batch(batchId),
      UpdateExpression: 'REMOVE #brought, #format, statePk, listSk',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#format': 'format', '#brought': BROUGHT },
    });
  }

  async #item(key: Item): Promise<Item | null> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: key, ConsistentRead: true }),
    );
    return item ?? null;
  }

  async #putFirst(item: Item): Promise<void> {
    const expiresAt = { N: String(Math.floor(this.#nowMs() / 1_000) + KEPT_DAYS * DAY_SECONDS) };
    await unlessKnown(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: { ...item, expiresAt },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    );
  }

  async #update(update: Omit<UpdateItemCommandInput, 'TableName'>): Promise<void> {
    await unlessKnown(this.#client.send(new UpdateItemCommand({ TableName: this.#table, ...update })));
  }
}

/** What does not hold any more was done before. */
async function unlessKnown(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

function json(value: unknown): { S: string } {
  return { S: JSON.stringify(value) };
}

function parsed(value: Item[string] | undefined) {
  return value?.S === undefined ? null : JSON.parse(value.S);
}
