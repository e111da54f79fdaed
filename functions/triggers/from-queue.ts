import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Operation } from '../../shared/operations/operation.ts';
import type { Telemetry } from '../../shared/ports/index.ts';

/** Binds an operation to a queue: each message is an input of its own, and only those that failed come again. */
export function fromQueue<Ports extends { readonly telemetry: Telemetry }, Input, Output>(
  operation: Operation<Ports, Input, Output>,
  ports: Ports,
) {
  return middy(async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const results = await Promise.allSettled(
      event.Records.map(async ({ body }) => operation.run(ports, operation.input.parse(JSON.parse(body)))),
    );
    const batchItemFailures = event.Records.flatMap(({ messageId }, index) => {
      const result = results[index];
      if (result?.status !== 'rejected') return [];
      const error = result.reason instanceof Error ? result.reason.name : 'unknown';
      ports.telemetry.log('message-failed', { operation: operation.name, messageId, error });
      return [{ itemIdentifier: messageId }];
    });
    return { batchItemFailures };
  });
}
