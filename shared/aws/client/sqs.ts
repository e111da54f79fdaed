import type * as sdk from '@aws-sdk/client-sqs';
import { type ClientConfig, commandOf, jsonWire, type Service, ServiceClient } from './service-client.ts';

export const SendMessageBatchCommand = /* @__PURE__ */ commandOf<
  sdk.SendMessageBatchCommandInput,
  sdk.SendMessageBatchCommandOutput
>('SendMessageBatch');

const SQS: Service = {
  host: 'sqs',
  signingName: 'sqs',
  pauseMs: 100,
  wire: jsonWire('1.0', 'AmazonSQS'),
  errors: {},
};

export class SQSClient extends ServiceClient {
  constructor(config: ClientConfig) {
    super(SQS, config);
  }
}
