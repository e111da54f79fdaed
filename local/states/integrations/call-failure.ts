import { randomUUID } from 'node:crypto';
import { AwsError } from '../../kernel/errors.ts';
import type { CallAnswer } from '../asl/signal.ts';
import type { Integration } from './task-call.ts';

/** Errors that belong to no service's own model; tasks see the service's base exception instead. */
const UNMODELLED = new Set([
  'AccessDeniedException',
  'InternalFailure',
  'MissingParameter',
  'SerializationException',
  'ThrottlingException',
  'UnrecognizedClientException',
  'UnsupportedOperationException',
  'ValidationException',
]);

/** A refused call as its task fails: the error's name with the service's prefix, its text with where it came from. */
export function callFailure(error: unknown, integration: FailureNames): CallAnswer {
  if (!(error instanceof AwsError)) {
    return { ok: false, error: `${integration.errorPrefix}.SdkClientException`, cause: String(error) };
  }
  const name = UNMODELLED.has(error.name) ? integration.baseException : exceptionName(error.name);
  const where = `(Service: ${integration.serviceName}; Status Code: ${error.status}; Error Code: ${error.name}; Request ID: ${randomUUID()}; Proxy: null)`;
  return { ok: false, error: `${integration.errorPrefix}.${name}`, cause: `${error.message} ${where}` };
}

export type FailureNames = Pick<Integration, 'errorPrefix' | 'baseException' | 'serviceName'>;

/** An error code as the SDK for Java names its exception. */
export function exceptionName(code: string): string {
  const name = (code.split('.').at(-1) ?? code).replace(/Fault$/, 'Exception');
  return name.endsWith('Exception') ? name : `${name}Exception`;
}
