import middy from '@middy/core';
import type { Operation } from '../../shared/operations/operation.ts';
import type { Telemetry } from '../../shared/ports/index.ts';

/** Binds an operation to a task of a state machine: the event is its input, the result its output. */
export function fromStep<Ports extends { readonly telemetry: Telemetry }, Input, Output>(
  operation: Operation<Ports, Input, Output>,
  ports: Ports,
) {
  return middy(async (event: unknown): Promise<Output> => operation.run(ports, operation.input.parse(event))).onError(
    ({ error }) => {
      // Names and ids only: messages may quote what people wrote.
      ports.telemetry.log('step-failed', {
        operation: operation.name,
        error: error instanceof Error ? error.name : 'unknown',
      });
    },
  );
}
