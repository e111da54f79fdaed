import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFileViolations } from './lock-file.ts';
import { sentences } from './violation.ts';

test('the lock file pins content and no host', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'package-lock.json'), 'utf8');
  expect(sentences(lockFileViolations(text))).toEqual([]);
});

test('finds a package that is bound to a host', () => {
  const locked = { version: '4.0.0', resolved: 'https://packages.example/zod.tgz', integrity: 'sha512-a' };
  expect(sentences(lockFileViolations(lockFile(locked)))).toEqual([
    'package-lock.json: node_modules/zod is bound to https://packages.example/zod.tgz. Fix: npm config set omit-lockfile-registry-resolved true, then npm install.',
  ]);
});

test('finds a package without a hash, unless it came inside another one', () => {
  expect(lockFileViolations(lockFile({ version: '4.0.0' }))).toMatchObject([
    { problem: 'node_modules/zod has no integrity hash' },
  ]);
  expect(lockFileViolations(lockFile({ version: '4.0.0', inBundle: true }))).toEqual([]);
});

test('finds a package of another system that is missing, for which npm ci would refuse the whole', () => {
  const zod = { version: '4.0.0', integrity: 'sha512-a', optionalDependencies: { 'zod-darwin-arm64': '4.0.0' } };
  expect(lockFileViolations(lockFile(zod))).toMatchObject([
    { problem: 'node_modules/zod names zod-darwin-arm64, which is not in it, so npm ci refuses the lock file' },
  ]);
});

function lockFile(zod: object): string {
  return JSON.stringify({ lockfileVersion: 3, packages: { '': { name: 'remit' }, 'node_modules/zod': zod } });
}
