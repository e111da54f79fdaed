import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../kernel/service.ts';

/** What optimised integrations put beside the answer of a service. */
export function responseMetadata(): JsonObject {
  const requestId = randomUUID();
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: { 'x-amzn-RequestId': [requestId] },
      HttpHeaders: { 'x-amzn-RequestId': requestId },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
