import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'remit-sizes-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['a file of more than 300 lines', 'long-file.ts', statements(301), 'max-lines'],
  ['a function of more than 80 lines', 'long-function.ts', functionOf(80), 'max-lines-per-function'],
  ['any', 'any.ts', 'export const a: any = 1;\n', 'no-explicit-any'],
  ['a non-null assertion', 'sure.ts', 'export const a = (b: string | null) => b!.length;\n', 'no-non-null-assertion'],
  ['a default export', 'default.ts', 'const a = 1;\nexport default a;\n', 'no-default-export'],
])('the linter refuses %s', (_what, name, text, rule) => {
  expect(lint(name, text)).toContain(rule);
});

test.each([
  ['a file of 300 lines', 'whole-file.ts', statements(300)],
  ['a test of more than 80 lines', 'long.test.ts', functionOf(90)],
])('the linter accepts %s', (_what, name, text) => {
  expect(lint(name, text)).toBe('');
});

/** Names of the rules that the project's configuration finds broken, as the linter prints them. */
function lint(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  const program = join(root, 'node_modules', '.bin', 'oxlint');
  const { status, stdout } = spawnSync(program, ['-c', join(root, '.oxlintrc.json'), path], { encoding: 'utf8' });
  return status === 0 ? '' : stdout;
}

function statements(count: number): string {
  return Array.from({ length: count }, (_, index) => `export const a${index} = ${index};\n`).join('');
}

function functionOf(lines: number): string {
  const body = Array.from({ length: lines }, (_, index) => `  a += ${index};\n`).join('');
  return `export function long(): number {\n  let a = 0;\n${body}  return a;\n}\n`;
}
