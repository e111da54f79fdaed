import middy from '@middy/core';
import type { Operation } from '../../shared/operations/operation.ts';
import type { Telemetry } from '../../shared/ports/index.ts';

/**
 * Binds an operation to a task of a state machine: the event is its input, the result its output. The machine hears the
 * name of an error and no more: its history keeps what it hears, and messages may quote what people wrote.
 */
export function fromStep<Ports extends { readonly telemetry: Telemetry }, Input, Output>(
  operation: Operation<Ports, Input, Output>,
  ports: Ports,
) {
  return middy(async (event: unknown): Promise<Output> => operation.run(ports, operation.input.parse(event))).onError(
    (request) => {
      const name = request.error instanceof Error ? request.error.name : 'unknown';
      ports.telemetry.log('step-failed', { operation: operation.name, error: name });
      request.error = withoutWords(operation.name, name);
    },
  );
}

/** Lambda hands on the stack too, in which the message stands. */
function withoutWords(operation: string, name: string): Error {
  const error = new Error(`The step ${operation} ended with ${name}`);
  error.name = name;
  error.stack = `${name}: ${error.message}`;
  return error;
}
