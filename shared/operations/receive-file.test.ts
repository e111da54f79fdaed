import { expect, it } from 'vitest';
import { MemoryIntake } from '../../test/support/memory-intake.ts';
import { MemoryTelemetry } from '../../test/support/memory-telemetry.ts';
import type { FileRead } from '../ports/index.ts';
import { receiveFile } from './receive-file.ts';

const BROUGHT = {
  ...{
    workflow: 'expense-categorisation',
    trigger: 'dropped-file',
    bucket: 'files',
    key: 'expense-categorisation/day.csv',
  },
  ...{ versionId: 'v1', receivedAt: '2026-03-02T08:00:00Z' },
};

async function sentFor(file: string | FileRead, change: Partial<typeof BROUGHT> = {}) {
  const intake = new MemoryIntake();
  const read = async (): Promise<FileRead> =>
    typeof file === 'string' ? { kind: 'read', bytes: Buffer.from(file) } : file;
  await receiveFile.run({ files: { read }, intake, telemetry: new MemoryTelemetry() }, { ...BROUGHT, ...change });
  return intake.triggers;
}

it('a file goes on as it is, named by where it lies and what it says', async () => {
  const [sent, ...more] = await sentFor('id\n1\n');
  expect([sent, more]).toEqual([
    {
      ...{ workflow: 'expense-categorisation', trigger: 'dropped-file', receivedAt: '2026-03-02T08:00:00Z' },
      eventId: expect.stringMatching(/^expense-categorisation\/day\.csv\/[0-9a-f]{32}$/),
      body: { file: 'id\n1\n' },
    },
    [],
  ]);
});

it.each([
  ['the same bytes in another version are the same file', 'id\n1\n', { versionId: 'v2' }, true],
  ['other bytes under the same name are another', 'id\n2\n', {}, false],
  ['the same bytes under another name are another', 'id\n1\n', { key: 'expense-categorisation/b.csv' }, false],
])('%s', async (_what, text, change, isSame) => {
  const [[first], [second]] = [await sentFor('id\n1\n'), await sentFor(text, change)];
  expect(first?.eventId === second?.eventId).toBe(isSame);
});

it.each<[string, FileRead, string]>([
  ['larger than any that is taken', { kind: 'too-large', bytes: 50_000_001 }, 'at most 50000000 are taken'],
  ['no text', { kind: 'read', bytes: Buffer.from([0xff, 0xfe, 0x00]) }, 'not valid UTF-8'],
])('a file that is %s goes to a person by its name', async (_what, file, problem) => {
  const [sent] = await sentFor(file);
  expect(sent?.body).toEqual({
    refused: { file: BROUGHT.key, bytes: expect.any(Number), problem: expect.stringContaining(problem) },
  });
});

it.each<[string, FileRead, number]>([
  ['too large to be read at once', { kind: 'too-large', bytes: 9_000_000 }, 9_000_000],
  ['too large for the queue', { kind: 'read', bytes: Buffer.from('"\n'.repeat(100_000)) }, 200_000],
  ['too large once its odd signs are spelled out', { kind: 'read', bytes: Buffer.alloc(190_000, 0x7f) }, 190_000],
])('a file that is %s stays where it lies, to be read piece by piece', async (_what, file, bytes) => {
  const [sent] = await sentFor(file);
  const { bucket, key, versionId } = BROUGHT;
  expect(sent?.body).toEqual({ stored: { bucket, key, versionId, bytes } });
});

it('what stands for a folder is no file', async () => {
  expect(await sentFor('', { key: 'expense-categorisation/' })).toEqual([]);
});
