import { describe, expect, test } from 'vitest';
import { limitOf, neededNoMore, packedTwice, tooLarge, type Written } from './bundle-limits.ts';

describe('the size of a bundle', () => {
  test('is within its limit up to the last byte', () => {
    expect(tooLarge(written('judge', 300_000))).toEqual([]);
    const most = limitOf('run-turn');
    expect(tooLarge(written('run-turn', most))).toEqual([]);
    expect(tooLarge(written('run-turn', most + 1))).toHaveLength(1);
  });

  test('is told with its limit and what fills it, the largest first', () => {
    const inputs = {
      'node_modules/zod/v4/core/schemas.js': 30_000,
      'node_modules/zod/v4/core/util.js': 20_000,
      'node_modules/@aws-sdk/core/dist-es/index.js': 40_000,
      'shared/pages/html.ts': 1_000,
    };
    expect(tooLarge(written('judge', 300_001, inputs))).toEqual([
      'judge has 300.0 KB and may have 300.0 KB; the largest parts: zod 50.0 KB, @aws-sdk/core 40.0 KB, shared/pages 1.0 KB',
    ]);
  });

  test('is the platform alone: what workflows and their connectors declare counts nowhere', () => {
    const inputs = {
      'agents/leads/workflow.ts': 9_000,
      'shared/connectors/definitions.ts': 500,
      'shared/connectors/sandbox/books-definition.ts': 500,
      'shared/connectors/mail/definition.ts': 500,
    };
    expect(tooLarge(written('judge', 310_500, inputs))).toEqual([]);
    expect(tooLarge(written('judge', 310_501, inputs))).toHaveLength(1);
    expect(tooLarge(written('judge', 300_001, { 'shared/connectors/sandbox/books.ts': 9_000 }))).toHaveLength(1);
  });

  test('is measured of bundles, and not of their source maps', () => {
    expect(tooLarge({ outputs: { 'dist/judge/index.mjs.map': { ...output(900_000), inputs: {} } } })).toEqual([]);
  });
});

test('names an exception that is not needed any more', () => {
  const allowed = { judge: 310_000, gone: 310_000, large: 310_000 };
  const outputs = { ...written('judge', 290_000).outputs, ...written('large', 305_000).outputs };
  expect(neededNoMore({ outputs }, allowed)).toEqual([
    'judge is within 300.0 KB: take its exception out',
    'gone is within 300.0 KB: take its exception out',
  ]);
});

describe('a package', () => {
  test('is told when two copies of it are in one bundle', () => {
    const inputs = { 'node_modules/zod/index.js': 9, 'node_modules/@anthropic-ai/sdk/node_modules/zod/index.js': 9 };
    expect(packedTwice(written('judge', 18, inputs))).toEqual([
      'judge holds 2 copies of zod: node_modules/zod, node_modules/@anthropic-ai/sdk/node_modules/zod',
    ]);
  });

  test.each([
    ['several files of one copy', { 'node_modules/zod/a.js': 9, 'node_modules/zod/b.js': 9 }],
    ['two packages of one owner', { 'node_modules/@smithy/core/a.js': 9, 'node_modules/@smithy/types/a.js': 9 }],
    ['a copy of which nothing is left', { 'node_modules/zod/a.js': 9, 'node_modules/x/node_modules/zod/a.js': 0 }],
  ])('is there once: %s', (_what, inputs) => {
    expect(packedTwice(written('judge', 18, inputs))).toEqual([]);
  });
});

function written(name: string, bytes: number, inputs: Readonly<Record<string, number>> = {}): Written {
  const entries = Object.entries(inputs).map(([path, bytesInOutput]) => [path, { bytesInOutput }]);
  return { outputs: { [`dist/${name}/index.mjs`]: { ...output(bytes), inputs: Object.fromEntries(entries) } } };
}

function output(bytes: number) {
  return { bytes, imports: [], exports: [] };
}
