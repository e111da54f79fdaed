import * as z from 'zod';
import { type Action, ActionId, type Case, CaseId, type PersonRequest } from '../contracts/index.ts';
import type { KeptReference, ReferenceStore, ReplyStore } from '../ports/index.ts';
import { type Item, readAction, readCase, readRequest } from './case-items.ts';
import { keyOf, referenceKey } from './item-keys.ts';
import { AwsCallError, type SignedCalls } from './signed-calls.ts';

const Page = z.object({ Items: z.array(z.custom<Item>()), LastEvaluatedKey: z.custom<Item>().optional() });
const Reference = z.object({
  ...{ caseId: z.object({ S: CaseId }), actionId: z.object({ S: ActionId }), expiresAt: z.object({ N: z.string() }) },
});
const One = z.object({ Item: z.custom<Item>().optional() });

/** Of the table `Cases`, without the client of DynamoDB. */
export class SignedReplyStore implements ReplyStore, ReferenceStore {
  readonly #calls: SignedCalls;
  readonly #table: string;

  constructor(calls: SignedCalls, table: string) {
    this.#calls = calls;
    this.#table = table;
  }

  async caseWithActions(caseId: string): Promise<{ case: Case; actions: readonly Action[] } | null> {
    const head = await this.#item(keyOf.case(caseId));
    return head === null ? null : { case: readCase(head), actions: (await this.#actions(caseId)).map(readAction) };
  }

  async request(requestId: string): Promise<PersonRequest | null> {
    const item = await this.#item(keyOf.request(requestId));
    return item === null ? null : readRequest(item);
  }

  async referenced(reference: string): Promise<KeptReference | null> {
    const item = await this.#item(referenceKey(reference));
    if (item === null) return null;
    const { caseId, actionId, expiresAt } = Reference.parse(item);
    return { caseId: caseId.S, actionId: actionId.S, expiresAtMs: Number(expiresAt.N) * 1_000 };
  }

  async keepReference(reference: string, { caseId, actionId, expiresAtMs }: KeptReference): Promise<void> {
    const of = { caseId: { S: caseId }, actionId: { S: actionId } };
    await this.#putNew({ ...referenceKey(reference), ...of }, expiresAtMs);
  }

  claim(name: string, expiresAtMs: number): Promise<boolean> {
    return this.#putNew(keyOf.replyClaim(name), expiresAtMs);
  }

  /** @returns false where it is there. */
  async #putNew(item: Item, expiresAtMs: number): Promise<boolean> {
    try {
      await this.#call('PutItem', {
        // DynamoDB deletes by seconds.
        Item: { ...item, expiresAt: { N: String(Math.ceil(expiresAtMs / 1_000)) } },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      return true;
    } catch (error) {
      if (error instanceof AwsCallError && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }

  async #item(Key: Item): Promise<Item | null> {
    return One.parse(await this.#call('GetItem', { Key, ConsistentRead: true })).Item ?? null;
  }

  async #actions(caseId: string): Promise<Item[]> {
    const items: Item[] = [];
    let from: Item | undefined;
    do {
      const page = Page.parse(
        await this.#call('Query', {
          KeyConditionExpression: 'pk = :case AND begins_with(sk, :action)',
          ExpressionAttributeValues: { ':case': keyOf.case(caseId).pk, ':action': { S: 'action#' } },
          ConsistentRead: true,
          ...(from === undefined ? {} : { ExclusiveStartKey: from }),
        }),
      );
      items.push(...page.Items);
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return items;
  }

  #call(operation: string, input: object): Promise<unknown> {
    return this.#calls.send({
      service: 'dynamodb',
      target: { name: `DynamoDB_20120810.${operation}`, version: '1.0' },
      body: { TableName: this.#table, ...input },
    });
  }
}
