import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { WRITTEN } from './bundle.ts';
import { neededNoMore, packedTwice, tooLarge, type Written } from './bundle-limits.ts';
import { functionNames } from './entries.ts';

const written = JSON.parse(readFileSync(WRITTEN, 'utf8')) as Written;

describe('the bundles of this build', () => {
  test('are all looked at', () => {
    const names = functionNames().map((name) => `dist/${name}/index.mjs`);
    expect(Object.keys(written.outputs).filter((path) => path.endsWith('.mjs'))).toEqual(names);
  });

  test('are no larger than they may be', () => {
    expect(tooLarge(written)).toEqual([]);
  });

  test('have no exception that is not needed', () => {
    expect(neededNoMore(written)).toEqual([]);
  });

  test('hold each package once', () => {
    expect(packedTwice(written)).toEqual([]);
  });
});
