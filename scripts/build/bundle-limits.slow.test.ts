import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { WRITTEN } from './bundle.ts';
import { neededNoMore, packedTwice, tooLarge, type Written } from './bundle-limits.ts';
import { bundleOf } from './bundle-parts.ts';
import { functionNames } from './entries.ts';

const written = JSON.parse(readFileSync(WRITTEN, 'utf8')) as Written;

describe('the bundles of this build', () => {
  test('are all looked at', () => {
    const bundles = Object.keys(written.outputs).filter((path) => path.endsWith('/index.mjs'));
    expect(bundles).toEqual(functionNames().map((name) => bundleOf(name)));
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
