import { describe, expect, it } from 'vitest';
import { aPayment, DIRECTOR, expenses, MANAGER } from '../../test/support/expenses.ts';
import { type Planted, pastExpenses } from '../../test/support/past-expenses.ts';
import type { ShapeOutline } from '../contracts/index.ts';
import { type BackTest, backTest, type RuleChange } from './back-test.ts';
import { shapeFrom } from './shapes.ts';

const euros = (minor: number) => ({ minor, currency: 'EUR' });

function tested(planted: readonly Planted[], change: RuleChange, reader: string | null = null): BackTest {
  return backTest(expenses, pastExpenses(planted), change, reader);
}

const handled = ({ changed }: BackTest) =>
  changed.map(({ before, after, said }) => [before, after, said?.verb ?? null]);

/** So many of one kind. */
function times<T>(count: number, one: T): T[] {
  return Array.from({ length: count }, () => one);
}

describe('a remembered yes', () => {
  const made = shapeFrom(
    { action: aPayment(), segment: 'small' },
    { limits: {}, freeFields: ['sum.minor'], maxAmount: euros(6_000) },
  );
  if (!made.ok) throw new Error(made.problem);
  const shape: ShapeOutline = made.outline;
  const change: RuleChange = { kind: 'shape', shape, author: MANAGER };

  it('would have let 41 of 90 go, of which the person had rejected 2, and these are named', () => {
    const log: Planted[] = [
      ...times<Planted>(38, { said: 'approve' }),
      { said: 'reject', minor: 5_900 },
      { said: 'reject', minor: 100 },
      { said: 'edit' },
      ...times<Planted>(30, { said: 'approve', payee: 'bob@remit.example', wantedBy: 'bob@remit.example' }),
      ...times<Planted>(19, { said: 'approve', minor: 6_001 }),
    ];
    const found = tested(log, change, MANAGER);
    expect(found).toMatchObject({ cases: 90, items: 90 });
    expect(found.summary).toBe(
      '41 of 90 would have run by themselves; you approved 38 of them, you changed 1 of them, you rejected 2 of them.',
    );
    const rejected = found.changed.filter(({ said }) => said?.verb === 'reject');
    expect(rejected).toEqual(
      [38, 39].map((index) => ({
        ...{ caseId: pastExpenses(log)[index]?.caseId, actionId: 'pay-expense#1', atMs: expect.any(Number) },
        ...{ before: 'asked', after: 'by-itself', said: { verb: 'reject', by: MANAGER, reason: 'Not ours.' } },
      })),
    );
  });

  it.each<[string, Planted]>([
    ['released already', { releasedBy: 'expenses.x' }],
    ['in shadow', { said: 'approve', phase: 'shadow' }],
    ['wanted by whoever remembers it', { said: 'approve', wantedBy: MANAGER }],
    ['of another segment', { said: 'approve', minor: 20_000 }],
  ])('would not have let go what is %s', (_what, planted) => {
    const wide = { ...shape, maxAmount: euros(500_000) };
    expect(tested([planted], { ...change, shape: wide }).changed).toEqual([]);
  });

  it('would not have let go what is asked for its sum', () => {
    const wide = { ...shape, segment: null, maxAmount: euros(500_000) };
    const log: Planted[] = [99_999, 100_000].map((minor) => ({ said: 'approve', minor }));
    const found = tested(log, { kind: 'shape', shape: wide, author: null });
    expect(found.changed.map(({ caseId }) => caseId)).toEqual([pastExpenses(log)[0]?.caseId]);
  });

  it('would not have let go what somebody else is asked about', () => {
    const large = { ...shape, segment: null, maxAmount: euros(90_000) };
    const log: Planted[] = [
      { said: 'approve', minor: 60_000 },
      { said: 'approve', minor: 40_000 },
    ];
    const counts = [MANAGER, DIRECTOR, null].map(
      (author) => tested(log, { kind: 'shape', shape: large, author }).changed.length,
    );
    expect(counts).toEqual([1, 1, 2]);
  });
});

describe('another confidence', () => {
  const log: Planted[] = [
    { confidence: 0.95 },
    { confidence: 0.75, askedFor: ['low-confidence'], said: 'approve' },
    { confidence: 0.72, askedFor: ['low-confidence'], said: 'reject' },
    { confidence: 0.6, askedFor: ['low-confidence'], said: 'approve' },
    { confidence: 0.79, askedFor: ['low-confidence', 'rule:travel'], said: 'edit' },
    { confidence: 0.85 },
    { confidence: 0.75, phase: 'shadow', said: 'approve' },
  ];

  it('that is lower lets through what was asked for it alone', () => {
    const found = tested(log, { kind: 'confidence', minimumConfidence: 0.7 });
    expect(found.items).toBe(7);
    expect(handled(found)).toEqual([
      ['asked', 'by-itself', 'approve'],
      ['asked', 'by-itself', 'reject'],
    ]);
    expect(found.summary).toBe(
      '2 of 7 would have been decided without asking; people approved 1 of them, people rejected 1 of them.',
    );
  });

  it('that is higher asks for what had stood', () => {
    expect(handled(tested(log, { kind: 'confidence', minimumConfidence: 0.9 }))).toEqual([
      ['by-itself', 'asked', null],
    ]);
  });

  it('that is the same changes nothing', () => {
    const found = tested(log, { kind: 'confidence', minimumConfidence: 0.8 });
    expect(found).toMatchObject({ changed: [], summary: 'None of 7 would have been treated otherwise.' });
  });
});

describe('other escalation rules', () => {
  const log: Planted[] = [
    { purpose: 'travel', askedFor: ['rule:travel'], said: 'reject' },
    { purpose: 'travel', askedFor: ['rule:travel', 'missing-source:x'], said: 'approve' },
    { minor: 1_000 },
    { minor: 9_000 },
  ];

  it('let through what was asked for one that is gone, and for nothing else', () => {
    expect(handled(tested(log, { kind: 'escalation', escalation: [] }))).toEqual([['asked', 'by-itself', 'reject']]);
  });

  it('ask for what a new predicate holds for, from the recorded facts; one that throws holds', () => {
    const rule = {
      id: 'dear',
      because: 'It is dear.',
      when: (_: object, { input }: { input: object }) => 'amountMinor' in input && Number(input.amountMinor) > 5_000,
    };
    const dear = tested(log, { kind: 'escalation', escalation: [...expenses.escalation, rule] });
    expect(handled(dear)).toEqual([['by-itself', 'asked', null]]);
    const broken = {
      ...rule,
      when: () => {
        throw new Error('no');
      },
    };
    expect(tested(log, { kind: 'escalation', escalation: [...expenses.escalation, broken] }).changed).toHaveLength(2);
  });
});

describe('another phase of a segment', () => {
  const small: Planted = { minor: 1_000 };

  it.each<[string, Planted, RuleChange & { kind: 'phase' }, unknown[]]>([
    [
      'out of shadow',
      { ...small, phase: 'shadow', said: 'edit' },
      { kind: 'phase', segment: 'small', phase: 'partial' },
      [['reviewed', 'asked', 'edit']],
    ],
    [
      'into shadow',
      { ...small, said: 'approve' },
      { kind: 'phase', segment: 'small', phase: 'shadow' },
      [['asked', 'reviewed', 'approve']],
    ],
    [
      'of another segment',
      { minor: 30_000, said: 'approve' },
      { kind: 'phase', segment: 'small', phase: 'shadow' },
      [],
    ],
    [
      'of no segment',
      { minor: 30_000, said: 'approve' },
      { kind: 'phase', segment: null, phase: 'shadow' },
      [['asked', 'reviewed', 'approve']],
    ],
    [
      'that does not matter to the tier',
      { ...small, said: 'approve' },
      { kind: 'phase', segment: 'small', phase: 'full' },
      [],
    ],
    [
      'where a doubt stays',
      { ...small, phase: 'shadow', askedFor: ['model-doubt'], said: 'approve' },
      { kind: 'phase', segment: 'small', phase: 'full' },
      [['reviewed', 'asked', 'approve']],
    ],
  ])('%s', (_what, planted, change, expected) => {
    expect(handled(tested([planted], change))).toEqual(expected);
  });
});

describe('another amount from which is asked', () => {
  const free = {
    ...expenses,
    actions: { ...expenses.actions, 'pay-expense': { ...definition(), tier: 'autonomous' as const } },
  };
  const found = (minor: number | null, log: readonly Planted[]) =>
    handled(
      backTest(free, pastExpenses(log), {
        kind: 'approve-from',
        action: 'pay-expense',
        approveFrom: minor === null ? null : euros(minor),
      }),
    );

  it('asks for what reaches it, and lets go what no longer does', () => {
    const log: Planted[] = [
      { minor: 4_000, said: 'approve' },
      { minor: 150_000, said: 'reject' },
    ];
    expect(found(5_000, log)).toEqual([['asked', 'by-itself', 'approve']]);
    expect(found(null, log)).toEqual([
      ['asked', 'by-itself', 'approve'],
      ['asked', 'by-itself', 'reject'],
    ]);
  });

  it('asks for what a remembered yes had let go', () => {
    expect(found(4_000, [{ minor: 4_000, releasedBy: 'expenses.x' }])).toEqual([['by-itself', 'asked', null]]);
  });

  it('leaves the tier as it is', () => {
    const change: RuleChange = { kind: 'approve-from', action: 'pay-expense', approveFrom: null };
    expect(tested([{ minor: 150_000, said: 'approve' }], change).changed).toEqual([]);
  });
});

describe('a refusal', () => {
  it('refuses what has its values, whoever had approved it', () => {
    const log: Planted[] = [{ said: 'reject' }, { said: 'approve' }, { said: 'approve', purpose: 'dinner' }];
    const found = tested(log, { kind: 'refusal', effect: 'pay', fixed: { purpose: 'lunch' } });
    expect(handled(found)).toEqual([
      ['asked', 'refused', 'reject'],
      ['asked', 'refused', 'approve'],
    ]);
    expect(found.items).toBe(3);
  });
});

it('says so where there is nothing to look at', () => {
  const found = tested([], { kind: 'confidence', minimumConfidence: 0.5 });
  expect(found).toEqual({ summary: expect.stringContaining('Nothing in this time'), cases: 0, items: 0, changed: [] });
});

function definition() {
  const found = expenses.actions['pay-expense'];
  if (found === undefined) throw new Error('there is no such action');
  return found;
}
