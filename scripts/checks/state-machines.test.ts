import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { validate } from './state-machines.ts';

const folder = mkdtempSync(join(tmpdir(), 'remit-asl-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('passes a definition that is valid', async () => {
  const file = definition('good', { Type: 'Pass', Output: '{% $states.input %}', End: true });
  expect(await validate([file])).toMatchObject({ passed: 1, failed: 0 });
});

test('fails on a transition to nowhere and says which', async () => {
  const result = await validate([definition('bad', { Type: 'Pass', Next: 'Nowhere' })]);
  expect(result).toMatchObject({ passed: 0, failed: 1, output: expect.stringContaining('Nowhere') });
});

test('fails when there is nothing to check', async () => {
  expect(await validate([])).toMatchObject({ failed: 1 });
});

function definition(name: string, state: object): string {
  const file = join(folder, `${name}.asl.json`);
  writeFileSync(file, JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Only', States: { Only: state } }));
  return file;
}
