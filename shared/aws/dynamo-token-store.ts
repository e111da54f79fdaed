import {
  type DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { ConflictError, type TokenStore } from '../ports/index.ts';
import { keyOf } from './item-keys.ts';

/** Task tokens in a table of their own, that only the storing and the answering function may reach. */
export class DynamoTokenStore implements TokenStore {
  readonly #client: DynamoDBClient;
  readonly #tables: { readonly cases: string; readonly tokens: string };

  constructor(client: DynamoDBClient, tables: { readonly cases: string; readonly tokens: string }) {
    this.#client = client;
    this.#tables = tables;
  }

  async save(requestId: string, token: string): Promise<void> {
    try {
      await this.#client.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            {
              ConditionCheck: {
                TableName: this.#tables.cases,
                Key: keyOf.request(requestId),
                ConditionExpression: '#state = :open',
                ExpressionAttributeNames: { '#state': 'state' },
                ExpressionAttributeValues: { ':open': { S: 'open' } },
              },
            },
            { Put: { TableName: this.#tables.tokens, Item: { requestId: { S: requestId }, token: { S: token } } } },
          ],
        }),
      );
    } catch (error) {
      if (isConditionFailed(error)) throw new ConflictError('request-settled');
      throw error;
    }
  }

  async get(requestId: string): Promise<string | null> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({
        TableName: this.#tables.tokens,
        Key: { requestId: { S: requestId } },
        ConsistentRead: true,
      }),
    );
    return item?.['token']?.S ?? null;
  }
}

function isConditionFailed(error: unknown): boolean {
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed')
  );
}
