import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { SandboxCard, SandboxEffect, SandboxRecord, SandboxStore } from '../connectors/sandbox/store.ts';
import { JsonObject } from '../contracts/index.ts';
import { EffectError } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import { sortableTime } from './item-keys.ts';
import { queryAll } from './query-all.ts';

/** The sandbox's outside world in a table of its own. */
export class DynamoSandboxStore implements SandboxStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async record(kind: string, key: string): Promise<JsonObject | null> {
    const item = await this.#get(recordKey(kind, key));
    return item === null ? null : JsonObject.parse(JSON.parse(item['fields']?.S ?? '{}'));
  }

  async onList(list: string): Promise<readonly JsonObject[]> {
    const items = await queryAll(this.#client, {
      TableName: this.#table,
      IndexName: 'byList',
      KeyConditionExpression: 'listPk = :list',
      ExpressionAttributeValues: { ':list': { S: list } },
    });
    return items.map((item) => JsonObject.parse(JSON.parse(item['fields']?.S ?? '{}')));
  }

  async perform(effect: SandboxEffect): Promise<JsonObject> {
    try {
      await this.#client.send(new TransactWriteItemsCommand({ TransactItems: this.#writes(effect) }));
      return effect.result;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const known = await this.#get(onceKey(effect.idempotencyKey));
      if (known === null) throw heldOr(error, effect);
      return JsonObject.parse(JSON.parse(known['result']?.S ?? '{}'));
    }
  }

  async putCard({ caseId, key, age, content }: SandboxCard): Promise<void> {
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: {
            ...{ pk: { S: `case#${caseId}` }, sk: { S: `card#${key}` } },
            ...{ age: { N: String(age) }, card: { S: JSON.stringify(content) } },
          },
          ConditionExpression: 'attribute_not_exists(pk) OR age <= :age',
          ExpressionAttributeValues: { ':age': { N: String(age) } },
        }),
      );
    } catch (error) {
      // What is shown is newer.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  #writes(effect: SandboxEffect) {
    const { idempotencyKey, caseId, connector, atMs } = effect;
    const noted = JSON.stringify({
      connector,
      idempotencyKey,
      atMs,
      arguments: effect.arguments,
      result: effect.result,
      ...(effect.mail === undefined ? {} : { mail: effect.mail }),
    });
    const put = (Item: Item) => ({ Put: { TableName: this.#table, Item } });
    const once = { ...onceKey(idempotencyKey), result: { S: JSON.stringify(effect.result) } };
    return [
      { Put: { TableName: this.#table, Item: once, ConditionExpression: 'attribute_not_exists(pk)' } },
      put({
        pk: { S: `case#${caseId}` },
        sk: { S: `effect#${sortableTime(atMs, idempotencyKey)}` },
        effect: { S: noted },
      }),
      ...recordsOf(effect).map((one) => ({
        Put: {
          ...put({
            ...recordKey(one.kind, one.key),
            ...heldBy(one, idempotencyKey),
            ...(one.list === undefined ? {} : { listPk: { S: one.list } }),
            fields: { S: JSON.stringify(one.fields) },
          }).Put,
          ...(one.hold === 'take' ? { ConditionExpression: 'attribute_not_exists(heldBy)' } : {}),
        },
      })),
    ];
  }

  async #get(key: Item): Promise<Item | null> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: key, ConsistentRead: true }),
    );
    return item ?? null;
  }
}

function recordsOf({ record, others = [] }: SandboxEffect): SandboxRecord[] {
  return [...(record === null ? [] : [record]), ...others];
}

function heldBy({ hold }: SandboxRecord, idempotencyKey: string): Item {
  return hold === 'take' ? { heldBy: { S: idempotencyKey } } : {};
}

/** What stood behind the effect and the note of it in the transaction is a record. */
function heldOr(error: TransactionCanceledException, effect: SandboxEffect): Error {
  const refused = (error.CancellationReasons ?? []).slice(2);
  const held = refused.findIndex(({ Code: code }) => code === 'ConditionalCheckFailed');
  const record = held < 0 ? undefined : recordsOf(effect)[held];
  if (record === undefined) return error;
  return new EffectError(`There is one already: ${record.kind} ${record.key}`, { isPassing: false, cause: error });
}

function recordKey(kind: string, key: string): Item {
  return { pk: { S: `${kind}#${key}` }, sk: { S: 'record' } };
}

function onceKey(idempotencyKey: string): Item {
  return { pk: { S: `once#${idempotencyKey}` }, sk: { S: 'once' } };
}
