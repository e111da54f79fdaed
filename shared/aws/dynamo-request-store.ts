import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { PersonRequest } from '../contracts/index.ts';
import type { AnswerDraft, CodeRenewal, MailLink, Page, RequestStore } from '../ports/index.ts';
import { type Item, readRequest } from './case-items.ts';
import { keyOf, listOf } from './item-keys.ts';
import { readPage } from './read-page.ts';

/** More than one case ever asks. */
const MOST_PER_CASE = 100;

export class DynamoRequestStore implements RequestStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(requestId: string): Promise<PersonRequest | null> {
    const item = await this.#get(keyOf.request(requestId));
    return item === null ? null : readRequest(item);
  }

  async ofCase(caseId: string): Promise<readonly PersonRequest[]> {
    const page = { partition: listOf.requestsOf(caseId), newestFirst: false, limit: MOST_PER_CASE, after: null };
    const { items } = await readPage(this.#client, { table: this.#table, index: 'byState', ...page });
    return items.map(readRequest);
  }

  listOpen(page: { limit: number; after: string | null }): Promise<Page<PersonRequest>> {
    return this.#list(listOf.openRequests, page);
  }

  listToWake(page: { limit: number; after: string | null }): Promise<Page<PersonRequest>> {
    return this.#list(listOf.requestsToWake, page);
  }

  async setWoken(requestId: string): Promise<void> {
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: keyOf.request(requestId),
          UpdateExpression: 'REMOVE listPk',
          // An open one must stay in its list.
          ConditionExpression: 'listPk = :toWake',
          ExpressionAttributeValues: { ':toWake': { S: listOf.requestsToWake } },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async #list(
    partition: string,
    { limit, after }: { limit: number; after: string | null },
  ): Promise<Page<PersonRequest>> {
    const page = { partition, newestFirst: false, limit, after };
    const { items, next } = await readPage(this.#client, { table: this.#table, index: 'byList', ...page });
    return { items: items.map(readRequest), next };
  }

  async putLink({ key, requestId, person, codeHash, triesLeft, expiresAtMs }: MailLink): Promise<void> {
    await this.#client.send(
      new PutItemCommand({
        TableName: this.#table,
        Item: {
          ...keyOf.link(key),
          requestId: { S: requestId },
          person: { S: person },
          codeHash: { S: codeHash },
          triesLeft: { N: String(triesLeft) },
          // DynamoDB deletes by seconds.
          expiresAt: { N: String(Math.ceil(expiresAtMs / 1_000)) },
        },
      }),
    );
  }

  async link(key: string): Promise<MailLink | null> {
    const item = await this.#get(keyOf.link(key));
    if (item === null) return null;
    const { requestId, person, codeHash, triesLeft, expiresAt, codesSentAt } = LinkItem.parse(item);
    return {
      key,
      ...(codesSentAt === undefined ? {} : { codesSentAtMs: JSON.parse(codesSentAt.S) as number[] }),
      requestId: requestId.S,
      person: person.S,
      codeHash: codeHash.S,
      triesLeft: triesLeft.N,
      expiresAtMs: expiresAt.N * 1_000,
    };
  }

  async takeTry(key: string): Promise<number | null> {
    try {
      const { Attributes: left } = await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: keyOf.link(key),
          UpdateExpression: 'SET triesLeft = triesLeft - :one',
          ConditionExpression: 'triesLeft > :none',
          ExpressionAttributeValues: { ':one': { N: '1' }, ':none': { N: '0' } },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Number(left?.['triesLeft']?.N ?? 0);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return null;
      throw error;
    }
  }

  async renewCode(key: string, { codeHash, triesLeft, codesSentAtMs, from }: CodeRenewal): Promise<boolean> {
    const isFirst = from.length === 0;
    return this.#isChanged({
      Key: keyOf.link(key),
      UpdateExpression: 'SET codeHash = :codeHash, triesLeft = :triesLeft, codesSentAt = :sent',
      ConditionExpression: `attribute_exists(pk) AND ${isFirst ? 'attribute_not_exists(codesSentAt)' : 'codesSentAt = :from'}`,
      ExpressionAttributeValues: {
        ':codeHash': { S: codeHash },
        ':triesLeft': { N: String(triesLeft) },
        ':sent': { S: JSON.stringify(codesSentAtMs) },
        ...(isFirst ? {} : { ':from': { S: JSON.stringify(from) } }),
      },
    });
  }

  async putDraft({ key, requestId, body, expiresAtMs }: AnswerDraft): Promise<void> {
    await this.#client.send(
      new PutItemCommand({
        TableName: this.#table,
        Item: {
          ...keyOf.draft(key),
          requestId: { S: requestId },
          body: { S: body },
          expiresAt: { N: String(Math.ceil(expiresAtMs / 1_000)) },
        },
      }),
    );
  }

  async draft(key: string, nowMs: number): Promise<AnswerDraft | null> {
    const item = await this.#get(keyOf.draft(key));
    if (item === null) return null;
    const { requestId, body, expiresAt } = DraftItem.parse(item);
    const expiresAtMs = expiresAt.N * 1_000;
    // DynamoDB deletes what is over within days, not at once.
    return expiresAtMs <= nowMs ? null : { key, requestId: requestId.S, body: body.S, expiresAtMs };
  }

  claimTelling(requestId: string, person: string): Promise<boolean> {
    const told = person.toLowerCase();
    return this.#isChanged({
      Key: keyOf.request(requestId),
      UpdateExpression: 'ADD told :people',
      ConditionExpression: 'attribute_exists(pk) AND NOT contains(told, :person)',
      ExpressionAttributeValues: { ':people': { SS: [told] }, ':person': { S: told } },
    });
  }

  async releaseTelling(requestId: string, person: string): Promise<void> {
    await this.#isChanged({
      Key: keyOf.request(requestId),
      UpdateExpression: 'DELETE told :people',
      ExpressionAttributeValues: { ':people': { SS: [person.toLowerCase()] } },
    });
  }

  async #isChanged(update: Omit<UpdateItemCommandInput, 'TableName'>): Promise<boolean> {
    try {
      await this.#client.send(new UpdateItemCommand({ TableName: this.#table, ...update }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  async #get(key: Item): Promise<Item | null> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: key, ConsistentRead: true }),
    );
    return item ?? null;
  }
}

const Text = z.object({ S: z.string() });
const Whole = z.object({ N: z.coerce.number().int() });
const LinkItem = z.object({
  ...{ requestId: Text, person: Text, codeHash: Text, triesLeft: Whole, expiresAt: Whole },
  codesSentAt: Text.optional(),
});
const DraftItem = z.object({ requestId: Text, body: Text, expiresAt: Whole });
