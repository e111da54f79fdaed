import { describe, expect, test } from 'vitest';
import { RuleChangeInput } from '../../shared/operations/back-test.ts';
import { backtestOptions } from './options.ts';

const noFile = (path: string): string => {
  throw new Error(`there is no file ${path}`);
};

describe('a change', () => {
  test.each<[string, string, object]>([
    ['--confidence', '0.7', { kind: 'confidence', minimumConfidence: 0.7 }],
    [
      '--approve-from',
      'pay=500.00EUR',
      { kind: 'approve-from', action: 'pay', approveFrom: { minor: 50_000, currency: 'EUR' } },
    ],
    [
      '--approve-from',
      'pay=500 EUR',
      { kind: 'approve-from', action: 'pay', approveFrom: { minor: 50_000, currency: 'EUR' } },
    ],
    [
      '--approve-from',
      'pay=0.07EUR',
      { kind: 'approve-from', action: 'pay', approveFrom: { minor: 7, currency: 'EUR' } },
    ],
    [
      '--approve-from',
      'pay=500JPY',
      { kind: 'approve-from', action: 'pay', approveFrom: { minor: 500, currency: 'JPY' } },
    ],
    ['--approve-from', 'pay=none', { kind: 'approve-from', action: 'pay', approveFrom: null }],
    ['--cap', 'daily=20', { kind: 'cap', cap: { id: 'daily', limit: 20 } }],
    ['--phase', 'small=full', { kind: 'phase', segment: 'small', phase: 'full' }],
    ['--phase', 'all=shadow', { kind: 'phase', segment: null, phase: 'shadow' }],
    ['--without-rule', 'travel', { kind: 'escalation', without: ['travel'] }],
  ])('%s %s is one that the API takes', (name, value, change) => {
    const wanted = backtestOptions(['expenses', name, value, '--days', '30', '--json'], noFile);
    expect(wanted).toEqual({ workflow: 'expenses', change, days: 30, isJson: true });
    expect(RuleChangeInput.parse(wanted.change)).toMatchObject(change);
  });

  test('of a shape is read from its file, as it is listed or written by hand', () => {
    const shape = { action: 'pay', fixed: { to: 'a' }, maxAmount: null, uses: 3 };
    const files: Readonly<Record<string, object>> = {
      'hand.json': shape,
      'listed.json': { ...shape, author: 'a@b.example' },
    };
    const changeOf = (file: string) =>
      RuleChangeInput.parse(
        backtestOptions(['expenses', '--shape', file], (path) => JSON.stringify(files[path])).change,
      );
    const outline = {
      action: 'pay',
      effect: null,
      segment: null,
      fixed: { to: 'a' },
      limits: {},
      maxAmount: null,
      freeFields: [],
    };
    expect(changeOf('hand.json')).toEqual({ kind: 'shape', shape: outline, author: null });
    expect(changeOf('listed.json')).toEqual({ kind: 'shape', shape: outline, author: 'a@b.example' });
  });
});

test.each<[string, readonly string[]]>([
  ['no workflow', ['--confidence', '0.7']],
  ['two workflows', ['a', 'b', '--confidence', '0.7']],
  ['no change', ['expenses']],
  ['two changes', ['expenses', '--confidence', '0.7', '--cap', 'a=1']],
  ['a number that is none', ['expenses', '--confidence', 'high']],
  ['an amount without a currency', ['expenses', '--approve-from', 'pay=500']],
  ['more digits than the currency has', ['expenses', '--approve-from', 'pay=0.071EUR']],
  ['a cap without a limit', ['expenses', '--cap', 'daily']],
  ['half a day', ['expenses', '--confidence', '0.7', '--days', '0.5']],
  ['a file that is not there', ['expenses', '--shape', 'none.json']],
  ['an option that there is not', ['expenses', '--confidense', '0.7']],
])('%s is answered with how it is used', (_what, args) => {
  expect(() => backtestOptions(args, noFile)).toThrow(/npm run backtest -- <workflow>/);
});
