import type * as z from 'zod';

/**
 * One thing that the platform does. `input` is parsed at the edge by whoever triggers it; `run` may rely on it and
 * reaches the outside only through the ports that it names.
 */
export interface Operation<Ports, Input, Output> {
  readonly name: string;
  readonly input: z.ZodType<Input>;
  readonly run: (ports: Ports, input: Input) => Promise<Output>;
}

export function operation<Ports, Input, Output>(
  definition: Operation<Ports, Input, Output>,
): Operation<Ports, Input, Output> {
  return definition;
}
