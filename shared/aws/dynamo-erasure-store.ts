import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type CaseId, CaseId as CaseIdSchema, Json, type LedgerEntry } from '../contracts/index.ts';
import type { ErasureList, ErasureOf, ErasurePlace, ErasureStore, StoredDocument } from '../ports/index.ts';
import { aboutSome } from './about-some.ts';
import type { Item } from './case-items.ts';
import { BROUGHT } from './dynamo-batch-store.ts';
import { historyDocuments, removeFromHistory } from './erased-history.ts';
import { evaluationItems, type PartOf } from './evaluation-rows.ts';
import { keyOf, listOf, shapePartition, stepsPartition } from './item-keys.ts';
import { queryAll } from './query-all.ts';
import { sandboxKeysOf } from './sandbox-keys.ts';

export interface ErasureTables {
  readonly cases: string;
  readonly ledger: string;
  readonly tokens: string;
  readonly readings: string;
  readonly sandbox: string;
  readonly evaluations: string;
}

/** What is kept of people in DynamoDB; found by keys and indexes, never by a scan. */
export class DynamoErasureStore implements ErasureStore {
  readonly #client: DynamoDBClient;
  readonly #tables: ErasureTables;

  constructor(client: DynamoDBClient, tables: ErasureTables) {
    this.#client = client;
    this.#tables = tables;
  }

  async casesOf(subject: string): Promise<readonly CaseId[]> {
    return this.#listed(keyOf.subject(subject, '').pk);
  }

  async openedOn(day: string): Promise<readonly CaseId[]> {
    return this.#listed(keyOf.openedOn(day, '').pk);
  }

  async documents(of: ErasureOf): Promise<readonly StoredDocument[]> {
    const [own, steps, requests, examples, shapes, readings, effects] = await Promise.all([
      this.#partition(keyOf.case(of.caseId).pk),
      this.#partition({ S: stepsPartition(of.caseId) }),
      this.#requests(of.caseId),
      this.#partition(keyOf.example(of.workflow, 0, '').pk),
      this.#partition({ S: shapePartition(of.workflow) }),
      queryAll(this.#client, {
        TableName: this.#tables.readings,
        KeyConditionExpression: 'caseId = :caseId',
        ExpressionAttributeValues: { ':caseId': { S: of.caseId } },
        ProjectionExpression: 'caseId, part',
      }),
      this.#query(this.#tables.sandbox, keyOf.case(of.caseId).pk),
    ]);
    const { cases, tokens, readings: largeReadings, sandbox } = this.#tables;
    const isAbout = aboutSome(of);
    return [
      ...historyDocuments(cases, own),
      ...own.flatMap((item) => ofCase(cases, item)),
      ...steps.map((item) => removed('steps', cases, item, CASE_KEYS)),
      ...requests.map((item) => rewritten('requests', cases, item)),
      ...examples.filter(isAbout).map((item) => removed('examples', cases, item, CASE_KEYS)),
      ...shapes.filter(isAbout).map((item) => removed('remembered-approvals', cases, item, CASE_KEYS)),
      ...readings.map((item) => removed('large-readings', largeReadings, item, ['caseId', 'part'])),
      ...(await this.#tokens(requests)).map((item) => removed('task-tokens', tokens, item, ['requestId'])),
      ...effects.map((item) => removed('effects', sandbox, item, CASE_KEYS)),
      ...(await this.#sandboxRecords(of, own, effects)),
    ];
  }

  async besideCases(workflow: string, names: readonly string[]): Promise<readonly StoredDocument[]> {
    return [...(await this.#waitingFiles(workflow)), ...(await this.#evaluationRows(workflow, names))];
  }

  async #evaluationRows(workflow: string, names: readonly string[]): Promise<StoredDocument[]> {
    const { evaluations } = this.#tables;
    const partOf: PartOf = (pk, beginsWith) =>
      queryAll(this.#client, {
        TableName: evaluations,
        KeyConditionExpression: beginsWith === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :begin)',
        ExpressionAttributeValues: { ':pk': pk, ...(beginsWith === '' ? {} : { ':begin': { S: beginsWith } }) },
        ConsistentRead: true,
      });
    const { rows, models } = await evaluationItems(partOf, workflow, aboutSome({ caseId: null, names }));
    return [
      ...rows.map((item) => removed('evaluation-rows', evaluations, item, CASE_KEYS)),
      ...models.map((item) => removed('evaluation-models', evaluations, item, CASE_KEYS)),
    ];
  }

  async rewrite({ key, body: from }: StoredDocument, body: Json): Promise<boolean> {
    const { table, item, attribute = 'body' } = ItemKey.parse(key);
    return this.#isUpdated({
      TableName: table,
      Key: item,
      UpdateExpression: 'SET #text = :body',
      ConditionExpression: '#text = :from',
      ExpressionAttributeNames: { '#text': attribute },
      ExpressionAttributeValues: { ':body': { S: JSON.stringify(body) }, ':from': { S: JSON.stringify(from) } },
    });
  }

  async remove({ key }: StoredDocument): Promise<void> {
    const { table, item, attribute } = ItemKey.parse(key);
    if (attribute !== undefined) return removeFromHistory(this.#client, { table, item, attribute });
    await this.#client.send(new DeleteItemCommand({ TableName: table, Key: item }));
  }

  async rewriteEntry(entry: LedgerEntry): Promise<void> {
    const isWritten = await this.#isUpdated({
      TableName: this.#tables.ledger,
      Key: { caseId: { S: entry.caseId }, seq: { N: String(entry.seq) } },
      UpdateExpression: 'SET body = :body',
      // Only less of the same entry: one of another hash, or none, is not made up here.
      ConditionExpression: 'attribute_exists(caseId) AND #type = :type AND contains(body, :hash)',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ':body': { S: JSON.stringify(entry) },
        ':type': { S: entry.event.type },
        ':hash': { S: `"hash":"${entry.hash}"` },
      },
    });
    if (!isWritten) throw new Error('That entry is not in the ledger');
  }

  async unlist(caseId: CaseId, list: ErasureList): Promise<void> {
    const Key = 'subject' in list ? keyOf.subject(list.subject, caseId) : keyOf.openedOn(list.openedOn, caseId);
    await this.#client.send(new DeleteItemCommand({ TableName: this.#tables.cases, Key }));
  }

  async #isUpdated(update: UpdateItemCommandInput): Promise<boolean> {
    try {
      await this.#client.send(new UpdateItemCommand(update));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async #listed(pk: AttributeValue): Promise<CaseId[]> {
    const items = await this.#partition(pk);
    return items.map(({ sk }) => CaseIdSchema.parse(sk?.S?.replace(/^case#/, '')));
  }

  /** An index is read a moment late; a case that is closed has all its questions in it. */
  #requests(caseId: string): Promise<Item[]> {
    return this.#inState(listOf.requestsOf(caseId));
  }

  /** One that just came may be missing still: its lines are on the queue in a moment. */
  async #waitingFiles(workflow: string): Promise<StoredDocument[]> {
    const found = await this.#inState(listOf.waitingFilesOf(workflow));
    const attribute = BROUGHT;
    return found
      .filter((item) => item[attribute] !== undefined)
      .map((item) => {
        const { key } = removed('waiting-files', this.#tables.cases, item, CASE_KEYS);
        return { place: 'waiting-files', body: parsed(item[attribute]), key: { ...key, attribute } } as const;
      });
  }

  async #inState(list: string): Promise<Item[]> {
    const keys = await queryAll(this.#client, {
      TableName: this.#tables.cases,
      IndexName: 'byState',
      KeyConditionExpression: 'statePk = :list',
      ExpressionAttributeValues: { ':list': { S: list } },
    });
    const found = await Promise.all(keys.map(({ pk }) => this.#partition(pk ?? { S: '' })));
    return found.flat();
  }

  async #tokens(requests: readonly Item[]): Promise<Item[]> {
    const found = await Promise.all(
      requests.map(({ pk }) =>
        queryAll(this.#client, {
          TableName: this.#tables.tokens,
          KeyConditionExpression: 'requestId = :id',
          ExpressionAttributeValues: { ':id': { S: pk?.S?.replace(/^request#/, '') ?? '' } },
        }),
      ),
    );
    return found.flat();
  }

  async #sandboxRecords(of: ErasureOf, own: readonly Item[], effects: readonly Item[]): Promise<StoredDocument[]> {
    const keys = sandboxKeysOf(of, own, effects);
    const found = await Promise.all(keys.map((pk) => this.#query(this.#tables.sandbox, { S: pk })));
    return found.flat().map((item) => removed('records', this.#tables.sandbox, item, CASE_KEYS));
  }

  #partition(pk: AttributeValue): Promise<Item[]> {
    return this.#query(this.#tables.cases, pk);
  }

  #query(table: string, pk: AttributeValue): Promise<Item[]> {
    return queryAll(this.#client, {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    });
  }
}

const CASE_KEYS = ['pk', 'sk'];

const ItemKey = z.object({
  table: z.string(),
  item: z.record(z.string(), z.custom<AttributeValue>()),
  /** For what is one attribute of an item that goes on standing. */
  attribute: z.string().optional(),
});

/** What stands in the partition of a case beside its head. Seeds, caps and what followed from it hold nothing of a person. */
function ofCase(table: string, item: Item): StoredDocument[] {
  const [kind] = (item['sk']?.S ?? '').split('#');
  switch (kind) {
    case 'action':
      return [rewritten('actions', table, item)];
    case 'record':
    // What two people decided who reviewed it.
    case 'second-review':
      return [rewritten('decision-records', table, item)];
    case 'intent':
      return [removed('intents', table, item, CASE_KEYS)];
    default:
      return [];
  }
}

function rewritten(place: ErasurePlace, table: string, item: Item): StoredDocument {
  return { ...removed(place, table, item, CASE_KEYS), body: parsed(item['body']) };
}

function parsed(text: AttributeValue | undefined): Json {
  return Json.parse(JSON.parse(z.string().parse(text?.S)));
}

function removed(place: ErasurePlace, table: string, item: Item, keys: readonly string[]): StoredDocument {
  return { place, body: null, key: { table, item: Object.fromEntries(keys.map((name) => [name, item[name]])) } };
}
