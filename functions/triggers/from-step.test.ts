import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { MemoryTelemetry } from '../../test/support/memory-telemetry.ts';
import { fromStep } from './from-step.ts';

class NeedsPersonError extends Error {
  override readonly name = 'NeedsPersonError';
}

function bound(run: () => Promise<unknown>) {
  const operation = { name: 'perform-action', input: z.object({ caseId: z.string() }), run };
  return fromStep(operation, { telemetry: new MemoryTelemetry() });
}

const thrownBy = (handler: ReturnType<typeof bound>, event: unknown): Promise<unknown> =>
  Promise.resolve(handler(event, {} as never)).catch((error: unknown) => error);

describe('a step of a state machine', () => {
  it('gives the result of its operation', async () => {
    expect(await bound(async () => ({ state: 'done' }))({ caseId: 'c' }, {} as never)).toEqual({ state: 'done' });
  });

  it('that fails tells the machine the name of the error, and nothing of what it says', async () => {
    const error = await thrownBy(
      bound(async () => {
        throw new NeedsPersonError('Hanna Hot is not to be mailed');
      }),
      { caseId: 'c' },
    );
    expect(error).toMatchObject({
      name: 'NeedsPersonError',
      message: 'The step perform-action ended with NeedsPersonError',
    });
    const { stack = '', cause, message } = error as Error;
    expect(`${message} ${stack} ${JSON.stringify(cause ?? '')}`).not.toContain('Hanna');
  });

  it('that is told something else than it takes says no more of it', async () => {
    const error = await thrownBy(
      bound(async () => null),
      { caseId: ['Hanna Hot'] },
    );
    expect(String((error as Error).stack)).toBe('ZodError: The step perform-action ended with ZodError');
  });
});
