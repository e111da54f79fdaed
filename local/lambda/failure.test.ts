import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { define, invoke, world } from './testing/world.ts';

describe('a failure', () => {
  it('is handed out with type, message and trace', async () => {
    define('export const handler = async () => { throw new RangeError("too far"); };');
    expect(await invoke({})).toEqual({
      functionError: 'Unhandled',
      payload: {
        errorType: 'RangeError',
        errorMessage: 'too far',
        trace: expect.arrayContaining(['RangeError: too far']),
      },
    });
  });

  it('ends the sandbox when time is up, even of an endless loop', async () => {
    define('export const handler = async (e) => { if (e.hang) for (;;); return "fresh"; };', { timeoutMs: 300 });
    expect(await invoke({ hang: true })).toMatchObject({
      functionError: 'Unhandled',
      payload: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 0.30 seconds$/),
      },
    });
    expect((await invoke({})).payload).toBe('fresh');
  });

  it('ends the sandbox above its memory', async () => {
    define(
      'export const handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill(0).map((_, i) => ({ i }))); };',
      {
        memoryMb: 32,
        timeoutMs: 60_000,
      },
    );
    expect(await invoke({})).toMatchObject({ payload: { errorType: 'Runtime.OutOfMemory' } });
  });

  it('tells that the code cannot be loaded, each time anew', async () => {
    define('throw new Error("no config"); export const handler = 1;');
    for (const _ of [1, 2]) {
      expect(await invoke({})).toMatchObject({
        functionError: 'Unhandled',
        payload: { errorType: 'Error', errorMessage: 'no config' },
      });
    }
  });

  it('tells that there is no handler', async () => {
    define('export const other = 1;');
    expect(await invoke({})).toMatchObject({
      payload: { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' },
    });
  });

  it('covers a promise that nobody handled', async () => {
    define('export const handler = () => { Promise.reject(new Error("lost")); return new Promise(() => {}); };');
    expect(await invoke({})).toMatchObject({
      payload: { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' },
    });
  });

  it('covers a function that ends its process, which ends only the sandbox', async () => {
    define('export const handler = async () => process.exit(3);');
    expect(await invoke({})).toMatchObject({
      payload: { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') },
    });
  });

  it('refuses what goes above the reserved concurrency', async () => {
    define('export const handler = () => new Promise((r) => setTimeout(r, 300));', { reservedConcurrency: 1 });
    const first = invoke({});
    await expect(invoke({})).rejects.toMatchObject({ name: 'TooManyRequestsException', status: 429 });
    await first;
  });
});

it('leaves what it is doing without an outcome when it is stopped', async () => {
  define('export const handler = async (e) => { if (e.hang) await new Promise((r) => setTimeout(r, 60_000)); };');
  const outcomes: string[] = [];
  for (const hang of [true, false]) {
    const settled = invoke({ hang });
    void settled.then(
      () => outcomes.push('answered'),
      () => outcomes.push('refused'),
    );
    if (!hang) await settled;
  }
  const starting = invoke({});
  void starting.finally(() => outcomes.push('started'));
  await world.lambda.stop();
  await sleep(100);
  expect(outcomes).toEqual(['answered']);
});
