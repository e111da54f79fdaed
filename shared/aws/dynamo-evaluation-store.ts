import { createHash } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type EvaluationId, type EvaluationOutcome, EvaluationRun } from '../contracts/index.ts';
import type { EvaluationStore, KeptResult, KeptSight, SliceEnd } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import { evaluationPartition, evaluationsOf } from './evaluation-rows.ts';
import { queryAll } from './query-all.ts';

/** An item holds at most 400 KB, its names included. */
const PART_BYTES = 380_000;
/** As long as the record of a change may be asked for the figures that it rests on. */
const KEPT_DAYS = 400;
/** A model is for going on with a run, and holds words of those that it learned from. */
const MODEL_DAYS = 30;
/** Digits that tell two contents of one name apart. */
const DIGITS = 16;

/** Evaluations in a table of their own. All that belongs to one shares its partition. */
export class DynamoEvaluationStore implements EvaluationStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #nowMs: () => number;
  readonly #personalDays: number;

  /** @param personalDays how long what is personal is kept in this deployment: rows of examples, and models of them. */
  constructor(client: DynamoDBClient, table: string, nowMs: () => number, personalDays = KEPT_DAYS) {
    this.#personalDays = Math.min(personalDays, KEPT_DAYS);
    this.#client = client;
    this.#table = table;
    this.#nowMs = nowMs;
  }

  async get(id: EvaluationId): Promise<EvaluationRun | null> {
    const item = await this.#item(id, HEAD);
    return item === null ? null : readRun(item);
  }

  async latest(workflow: string, most: number): Promise<readonly EvaluationRun[]> {
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': s(evaluationsOf(workflow)) },
        ScanIndexForward: false,
        Limit: most,
      }),
    );
    const ids = Items.map(({ evaluation }) => evaluation?.S as EvaluationId);
    const runs = await Promise.all(ids.map((id) => this.get(id)));
    return runs.filter((run) => run !== null);
  }

  /** Into the list of its workflow first: what is not in it would be found by no erasure. */
  async open(run: EvaluationRun): Promise<'opened' | 'exists'> {
    const listed = s(`${String(run.startedAtMs).padStart(15, '0')}#${run.id}`);
    await this.#put({ pk: s(evaluationsOf(run.wish.workflow)), sk: listed, evaluation: s(run.id) });
    const state = { attempt: n(run.attempt), runState: s(run.state), outcome: s(JSON.stringify(run.outcome)) };
    return (await this.#put({ ...key(run.id, HEAD), ...state, run: fixedPart(run) })) ? 'opened' : 'exists';
  }

  goOn(run: EvaluationRun): Promise<boolean> {
    return this.#update({
      ...this.#at(run.id, HEAD),
      UpdateExpression: 'SET attempt = :next, runState = :running, outcome = :none, run = :run',
      ConditionExpression: 'attempt = :attempt',
      ExpressionAttributeValues: {
        ...{ ':attempt': n(run.attempt), ':next': n(run.attempt + 1), ':running': s('running') },
        ...{ ':none': s('null'), ':run': fixedPart(run) },
      },
    });
  }

  end(id: EvaluationId, attempt: number, outcome: EvaluationOutcome): Promise<boolean> {
    return this.#update({
      ...this.#at(id, HEAD),
      UpdateExpression: 'SET runState = :state, outcome = :outcome',
      ConditionExpression: 'attempt = :attempt AND runState = :running',
      ExpressionAttributeValues: {
        ...{ ':attempt': n(attempt), ':running': s('running') },
        ...{ ':state': s(outcome.state), ':outcome': s(JSON.stringify(outcome)) },
      },
    });
  }

  /** The parts first, under a name of their content; then the name that points at them, which the first to come sets. */
  async keepFile(id: EvaluationId, name: string, bytes: Uint8Array): Promise<void> {
    const days = name.startsWith('model-') ? Math.min(this.#personalDays, MODEL_DAYS) : KEPT_DAYS;
    const digest = createHash('sha256').update(bytes).digest('hex').slice(0, DIGITS);
    const parts = Math.ceil(bytes.length / PART_BYTES);
    for (let part = 0; part < parts; part += 1) {
      const body = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
      await this.#put({ ...key(id, partKey(digest, part)), body: { B: body } }, NEW, days);
    }
    await this.#put({ ...key(id, `file#${name}`), digest: s(digest), parts: n(parts) }, NEW, days);
  }

  async file(id: EvaluationId, name: string): Promise<Uint8Array | null> {
    const pointer = await this.#item(id, `file#${name}`);
    if (pointer === null) return null;
    const parts = await this.#all(id, partsOf(pointer['digest']?.S ?? ''));
    if (parts.length !== Number(pointer['parts']?.N)) throw new Error(`The file ${name} of ${id} is not whole`);
    return Buffer.concat(parts.map(({ body }) => body?.B ?? new Uint8Array()));
  }

  async keepResult(id: EvaluationId, { slice, example, text }: KeptResult): Promise<void> {
    const fields = { slice: n(slice), example: s(example), body: s(text) };
    await this.#put({ ...key(id, `${resultsOf(slice)}${example}`), ...fields }, NEW, this.#personalDays);
  }

  async results(id: EvaluationId, slice?: number): Promise<readonly KeptResult[]> {
    const items = await this.#all(id, slice === undefined ? RESULTS : resultsOf(slice));
    return items.map((item) => ({
      ...{ slice: Number(item['slice']?.N), example: item['example']?.S ?? '', text: item['body']?.S ?? '' },
    }));
  }

  async keepSight(id: EvaluationId, { attempt, example, text }: KeptSight): Promise<void> {
    const fields = { attempt: n(attempt), example: s(example), body: s(text) };
    await this.#put({ ...key(id, `${sightsOf(attempt)}${example}`), ...fields }, NEW, this.#personalDays);
  }

  async sights(id: EvaluationId, attempt: number): Promise<readonly KeptSight[]> {
    const items = await this.#all(id, sightsOf(attempt));
    return items.map((item) => ({ attempt, example: item['example']?.S ?? '', text: item['body']?.S ?? '' }));
  }

  async endSlice(id: EvaluationId, { slice, done, left }: SliceEnd): Promise<void> {
    const end = { slice: n(slice), done: n(done), leftCount: n(left.length), left: s(JSON.stringify(left)) };
    await this.#put(
      { ...key(id, `${ENDS}${padded(slice)}`), ...end },
      {
        ConditionExpression: 'attribute_not_exists(pk) OR leftCount > :none',
        ExpressionAttributeValues: { ':none': n(0) },
      },
    );
  }

  async sliceEnds(id: EvaluationId): Promise<readonly SliceEnd[]> {
    const items = await this.#all(id, ENDS);
    return items.map(({ slice, done, left }) => ({
      ...{ slice: Number(slice?.N), done: Number(done?.N), left: Left.parse(JSON.parse(left?.S ?? '')) },
    }));
  }

  reserve(id: EvaluationId, micros: number, maxMicros: number): Promise<boolean> {
    const room = maxMicros - micros;
    return this.#update({
      ...this.#addition(id, micros),
      ConditionExpression: room < 0 ? 'spent <= :room' : 'attribute_not_exists(spent) OR spent <= :room',
      ExpressionAttributeValues: { ...this.#addition(id, micros).ExpressionAttributeValues, ':room': n(room) },
    });
  }

  async settle(id: EvaluationId, micros: number): Promise<void> {
    if (micros !== 0) await this.#client.send(new UpdateItemCommand(this.#addition(id, micros)));
  }

  #addition(id: EvaluationId, micros: number) {
    return {
      ...this.#at(id, 'money'),
      UpdateExpression: 'ADD spent :micros SET expiresAt = :expiresAt',
      ExpressionAttributeValues: { ':micros': n(micros), ':expiresAt': this.#expiresAt() },
    };
  }

  async #item(id: EvaluationId, name: string): Promise<Item | null> {
    const { Item: item } = await this.#client.send(new GetItemCommand({ ...this.#at(id, name), ConsistentRead: true }));
    return item ?? null;
  }

  /** False where there is one already. */
  #put(item: Item, condition: Condition = NEW, days = KEPT_DAYS): Promise<boolean> {
    const Item = { ...item, expiresAt: this.#expiresAt(days) };
    return ifHolds(() => this.#client.send(new PutItemCommand({ TableName: this.#table, Item, ...condition })));
  }

  #update(input: UpdateItemCommandInput): Promise<boolean> {
    return ifHolds(() => this.#client.send(new UpdateItemCommand(input)));
  }

  /** All whose key begins so, in the order of their keys. */
  #all(id: EvaluationId, prefix: string): Promise<Item[]> {
    return queryAll(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': partition(id), ':prefix': s(prefix) },
      ConsistentRead: true,
    });
  }

  #at(id: EvaluationId, name: string) {
    return { TableName: this.#table, Key: key(id, name) };
  }

  #expiresAt(days = KEPT_DAYS) {
    return n(Math.ceil(this.#nowMs() / 1_000) + days * 86_400);
  }
}

type Condition = Pick<PutItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeValues'>;

const NEW: Condition = { ConditionExpression: 'attribute_not_exists(pk)' };
const HEAD = 'head';
const RESULTS = 'result#';
const ENDS = 'end#';
const Left = z.array(z.string());

const s = (text: string) => ({ S: text });
const n = (number: number) => ({ N: String(number) });
const partition = (id: EvaluationId) => s(evaluationPartition(id));
const key = (id: EvaluationId, name: string) => ({ pk: partition(id), sk: s(name) });
const resultsOf = (slice: number) => `${RESULTS}${padded(slice)}#`;
const sightsOf = (attempt: number) => `sight#${padded(attempt)}#`;
const partsOf = (digest: string) => `part#${digest}#`;
const partKey = (digest: string, part: number) => `${partsOf(digest)}${padded(part)}`;

/** Numbers as text that sort as they do. */
function padded(number: number): string {
  return String(number).padStart(5, '0');
}

/** What stays as it is while an attempt runs. */
function fixedPart({ attempt: _attempt, state: _state, outcome: _outcome, ...fixed }: EvaluationRun) {
  return s(JSON.stringify(fixed));
}

function readRun({ run, attempt, runState, outcome }: Item): EvaluationRun {
  return EvaluationRun.parse({
    ...JSON.parse(run?.S ?? '{}'),
    ...{ attempt: Number(attempt?.N), state: runState?.S, outcome: JSON.parse(outcome?.S ?? 'null') },
  });
}

/** Whether the write was made: false where its condition does not hold. */
async function ifHolds(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
