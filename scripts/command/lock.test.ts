import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { inTurn } from './lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'remit-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('lets one work at a time', async () => {
  const file = join(folder, 'one');
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} starts`);
    await sleep(20);
    events.push(`${name} ends`);
  };
  await Promise.all([inTurn('x', work('a'), file), inTurn('x', work('b'), file)]);
  expect(events).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
});

test('gives the turn on when a work fails', async () => {
  const file = join(folder, 'failing');
  await expect(inTurn('x', () => Promise.reject(new Error('no')), file)).rejects.toThrow('no');
  expect(await inTurn('x', async () => 'yes', file)).toBe('yes');
});

test('takes over from a process that is gone', async () => {
  const file = join(folder, 'left');
  writeFileSync(file, '999999999');
  expect(await inTurn('x', async () => 'yes', file)).toBe('yes');
});
