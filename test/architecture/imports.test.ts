import { expect, test } from 'vitest';
import { importsOf } from './imports.ts';
import { planted } from './planted.ts';

test.each([
  ["import { a } from './a.ts';", { path: 'shared/x/a.ts', isTypeOnly: false }],
  ["import {\n  a,\n  type B,\n} from '../y/a.ts';", { path: 'shared/y/a.ts', isTypeOnly: false }],
  ["import type { A } from './a.ts';", { path: 'shared/x/a.ts', isTypeOnly: true }],
  ["import { type A, type B } from './a.ts';", { path: 'shared/x/a.ts', isTypeOnly: true }],
  ["export { a } from './a.ts';", { path: 'shared/x/a.ts', isTypeOnly: false }],
  ["import './a.ts';", { path: 'shared/x/a.ts', isTypeOnly: false }],
  ["const a = await import('./a.ts');", { path: 'shared/x/a.ts', isTypeOnly: false }],
  ["import { SQS } from '@aws-sdk/client-sqs/deep';", { path: null, packageName: '@aws-sdk/client-sqs' }],
  ["import * as z from 'zod/mini';", { path: null, packageName: 'zod' }],
  ["import { readFileSync } from 'node:fs';", { path: null, packageName: 'node:fs' }],
])('reads %s', (statement, expected) => {
  expect(importsOf(planted('shared/x/file.ts', statement))).toMatchObject([expected]);
});

test('takes no export of its own for an import', () => {
  expect(importsOf(planted('a.ts', 'export const from = 1;', 'export function f() {', "  return 'x';", '}'))).toEqual(
    [],
  );
});
