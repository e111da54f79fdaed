import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Telemetry } from '../../shared/ports/index.ts';

export type HttpRequest = APIGatewayProxyEventV2;
export type HttpAnswer = APIGatewayProxyStructuredResultV2;

/** Binds a handler to an HTTP route. What it does not handle is answered with 503, so that senders try again. */
export function fromHttp(name: string, telemetry: Telemetry, handle: (request: HttpRequest) => Promise<HttpAnswer>) {
  return middy(async (request: HttpRequest): Promise<HttpAnswer> => {
    try {
      return await handle(request);
    } catch (error) {
      telemetry.log('request-failed', { name, error: error instanceof Error ? error.name : 'unknown' });
      return json(503, { message: 'This could not be taken just now. Please send it again.' }, { 'retry-after': '5' });
    }
  });
}

export function json(statusCode: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

/** The body's bytes as they came over the wire. */
export function bodyBytes({ body, isBase64Encoded }: HttpRequest): Uint8Array {
  return Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
}
