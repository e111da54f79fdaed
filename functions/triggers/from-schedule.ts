import middy from '@middy/core';
import type { Operation } from '../../shared/operations/operation.ts';

/** Binds an operation to a schedule: nothing comes in, and the result is for the log alone. */
export function fromSchedule<Ports, Output>(operation: Operation<Ports, Record<string, never>, Output>, ports: Ports) {
  return middy(async (_event: unknown): Promise<Output> => operation.run(ports, {}));
}
