import { randomUUID } from 'node:crypto';
import type * as sdk from '@aws-sdk/client-dynamodb';
import { type ClientConfig, type Command, commandOf, jsonWire, type Service, ServiceClient } from './service-client.ts';
import { type ErrorAnswer, ServiceError } from './service-error.ts';

export type {
  AttributeValue,
  CancellationReason,
  QueryCommandInput,
  QueryCommandOutput,
  ReturnValue,
  TransactWriteItem,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';

export const GetItemCommand = /* @__PURE__ */ commandOf<sdk.GetItemCommandInput, sdk.GetItemCommandOutput>('GetItem');
export const BatchGetItemCommand = /* @__PURE__ */ commandOf<
  sdk.BatchGetItemCommandInput,
  sdk.BatchGetItemCommandOutput
>('BatchGetItem');
export const QueryCommand = /* @__PURE__ */ commandOf<sdk.QueryCommandInput, sdk.QueryCommandOutput>('Query');
export const PutItemCommand = /* @__PURE__ */ commandOf<sdk.PutItemCommandInput, sdk.PutItemCommandOutput>('PutItem');
export const UpdateItemCommand = /* @__PURE__ */ commandOf<sdk.UpdateItemCommandInput, sdk.UpdateItemCommandOutput>(
  'UpdateItem',
);
export const TransactWriteItemsCommand = /* @__PURE__ */ commandOf<
  sdk.TransactWriteItemsCommandInput,
  sdk.TransactWriteItemsCommandOutput
>('TransactWriteItems');

export class ConditionalCheckFailedException extends ServiceError {
  /** The item that was in the way, where it was asked for. */
  readonly Item: Record<string, sdk.AttributeValue> | undefined;

  constructor(answer: ErrorAnswer) {
    super(answer);
    this.Item = answer.members['Item'] as typeof this.Item;
  }
}

export class TransactionCanceledException extends ServiceError {
  /** One for each part, in order. */
  readonly CancellationReasons: sdk.CancellationReason[] | undefined;

  constructor(answer: ErrorAnswer) {
    super(answer);
    this.CancellationReasons = answer.members['CancellationReasons'] as typeof this.CancellationReasons;
  }
}

const DYNAMODB: Service = {
  host: 'dynamodb',
  signingName: 'dynamodb',
  pauseMs: 50,
  wire: jsonWire('1.0', 'DynamoDB_20120810'),
  errors: { ConditionalCheckFailedException, TransactionCanceledException },
};

/** Values are written as they are given: numbers as text, and bytes not at all. */
export class DynamoDBClient extends ServiceClient {
  constructor(config: ClientConfig) {
    super(DYNAMODB, config);
  }

  /** With the token by which DynamoDB knows a transaction that it has done already, and whose answer was lost. */
  protected override inputOf<Input>(command: Command<Input, unknown>): Input {
    if (command.operation !== 'TransactWriteItems') return command.input;
    return { ClientRequestToken: randomUUID(), ...command.input };
  }
}
