import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aslViolations, type Machine } from './testing/asl-rules.ts';

const files = globSync('*.asl.json', { cwd: import.meta.dirname }).toSorted();

test('there are machines to look at', () => {
  expect(files).toEqual(['ask.asl.json', 'batch.asl.json', 'case.asl.json', 'evaluation.asl.json']);
});

describe.each(files)('%s', (file) => {
  const machine: Machine & { readonly QueryLanguage: string; readonly Comment: string } = JSON.parse(
    readFileSync(join(import.meta.dirname, file), 'utf8'),
  );

  test('keeps to the rules', () => {
    expect(aslViolations(machine)).toEqual([]);
  });

  test('speaks JSONata and says what it is for', () => {
    expect(machine).toMatchObject({ QueryLanguage: 'JSONata', Comment: expect.stringMatching(/\.$/) });
  });
});
