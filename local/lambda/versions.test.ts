import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Json } from '../kernel/service.ts';
import { beginOn, call, define, folder, restartOn, world } from './testing/world.ts';

const told = 'export const handler = async () => [CODE, process.env.AWS_LAMBDA_FUNCTION_VERSION];';
const release = (name: string): string => told.replace('CODE', `'${name}'`);

async function invokeVersion(qualifier: string, event: Json = {}): Promise<Json> {
  const output = await call('lambda', 'Invoke', { FunctionName: `f:${qualifier}`, Payload: event });
  return JSON.parse(String(output['Payload'])) as Json;
}

it('runs each version in sandboxes of its own', async () => {
  define(release('first'));
  world.lambda.ensureVersion('f', '1');
  define(release('second'));
  world.lambda.ensureVersion('f', '2');
  for (const _ of ['cold', 'warm']) {
    const answers = await Promise.all(['1', '2', '$LATEST'].map((version) => invokeVersion(version)));
    expect(answers).toEqual([
      ['first', '1'],
      ['second', '2'],
      ['second', '$LATEST'],
    ]);
  }
});

it('publishes a number once: what comes later does not change it', async () => {
  define(release('first'));
  world.lambda.ensureVersion('f', '1');
  define(release('second'));
  world.lambda.ensureVersion('f', '1');
  expect(await invokeVersion('1')).toEqual(['first', '1']);
});

it('counts all versions of a function against its reserved concurrency', async () => {
  define('export const handler = () => new Promise((r) => setTimeout(r, 200));', { reservedConcurrency: 1 });
  for (const version of ['1', '2']) world.lambda.ensureVersion('f', version);
  const first = invokeVersion('1').catch(() => null);
  await expect(invokeVersion('2')).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  await first;
});

it('starts no more sandboxes than a function may have, for all of its versions', async () => {
  define(`export const handler = async () => {
    globalThis.calls = (globalThis.calls ?? 0) + 1;
    await new Promise((r) => setTimeout(r, 20));
    return globalThis.calls;
  };`);
  for (const version of ['1', '2', '3', '4', '5', '6']) world.lambda.ensureVersion('f', version);
  const wanted = Array.from({ length: 24 }, (_, index) => String((index % 6) + 1));
  await Promise.all(wanted.map((version) => invokeVersion(version)));
  // Four sandboxes at once: by now some version has none, and begins anew.
  const calls = await Promise.all(['1', '2', '3', '4', '5', '6'].map((version) => invokeVersion(version)));
  expect(calls).toContain(1);
});

it('has its versions again after a restart, and drops code that none of them needs', async () => {
  const file = join(folder, 'data.sqlite');
  beginOn(file);
  define(release('first'));
  world.lambda.ensureVersion('f', '1');
  define(release('passing'));
  await restartOn(file);
  define(release('second'));
  world.lambda.start();
  expect(await invokeVersion('1')).toEqual(['first', '1']);
  expect(readdirSync(join(folder, 'code'))).toHaveLength(2);
  await expect(invokeVersion('2')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('loses a version that is removed, with its code', async () => {
  const file = join(folder, 'data.sqlite');
  beginOn(file);
  define(release('first'));
  world.lambda.ensureVersion('f', '1');
  world.lambda.removeVersion('f', '1');
  await expect(invokeVersion('1')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await restartOn(file);
  world.lambda.start();
  await expect(invokeVersion('1')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect(existsSync(join(folder, 'code')) ? readdirSync(join(folder, 'code')) : []).toEqual([]);
});
