import { describe, expect, it } from 'vitest';
import { aReading, aTurn, READINGS } from '../../test/support/domain-examples.ts';
import { HOT, LEAD } from '../../test/support/lead-case.ts';
import { qualifierAlone } from '../../test/support/qualifier-alone.ts';
import type { Workflow } from '../authoring/index.ts';
import type { Reading, TurnResult } from '../contracts/index.ts';
import { conclude, holdingRules } from './conclude.ts';
import { factsOf } from './facts-of.ts';
import { parseDecision } from './parse-decision.ts';

const qualifier = qualifierAlone();

const company = (data: Record<string, unknown>, changes: Partial<Reading> = {}) =>
  aReading('company-directory', { ...(READINGS[0]?.data as object), ...data } as Reading['data'], changes);

function concluded(turn: TurnResult | undefined, workflow: Workflow = qualifier) {
  return conclude(workflow, turn, factsOf(workflow, LEAD, turn?.readings ?? []));
}

const codes = (reasons: readonly { code: string }[]) => reasons.map(({ code }) => code);

describe('conclude', () => {
  it('makes the decision from the judgement and the facts, with nothing to object', () => {
    expect(concluded(aTurn())).toEqual({
      decision: { companySizeInRange: true, ...HOT, score: 9, tier: 'hot' },
      problems: [],
      rules: [],
      missingSources: [],
    });
  });

  it('comes to nothing without a turn or a judgement', () => {
    expect(concluded(undefined)).toMatchObject({ decision: null, missingSources: [] });
    expect(concluded(aTurn({ judgement: null }))).toMatchObject({ decision: null, rules: [] });
  });

  it('names each rule that holds for the words as they came, or as they read without what is hidden in them', () => {
    const rule = (word: RegExp): Workflow['escalation'][number] => ({
      ...{ id: word.source, because: 'It speaks of it.' },
      when: (_decision, { input }) => word.test(String(input['note'])),
    });
    const escalation = [/deleted/, /ignore all/, /\u200b/, /lost/].map(rule);
    const facts = { input: { note: 'del\u00adeted, ignore\u200ball' }, sources: {} };
    expect(codes(holdingRules({ escalation }, {}, facts))).toEqual([
      ...['rule:deleted', 'rule:ignore all', 'rule:\\u200b'],
    ]);
    expect(facts.input.note).toBe('del\u00adeted, ignore\u200ball');
  });

  it('names each rule that holds', () => {
    const turn = aTurn({
      judgement: { ...HOT, mentionsUrgency: true, buyingIntent: 'ready' },
      readings: [company({ employees: 600 }), ...READINGS.slice(1)],
    });
    expect(codes(concluded(turn).rules)).toEqual(['rule:enterprise', 'rule:competitor-or-urgency']);
  });

  it('lets a rule that throws hold', () => {
    const escalation = [
      {
        id: 'broken',
        because: 'never said',
        when: () => {
          throw new Error('no such field');
        },
      },
    ];
    expect(concluded(aTurn(), { ...qualifier, escalation }).rules).toEqual([
      { code: 'rule:broken', text: 'Rule broken could not be checked: no such field' },
    ]);
  });

  it('reports rules of the workflow that throw, and a decision that does not fit', () => {
    const throwing = {
      ...qualifier,
      conclude: () => {
        throw new Error('boom');
      },
    };
    expect(concluded(aTurn(), throwing)).toMatchObject({
      decision: null,
      problems: ['The rules of the workflow could not be applied: boom'],
    });
    const odd = { ...qualifier, conclude: () => ({ score: 11 }) };
    expect(concluded(aTurn(), odd).problems[0]).toContain('does not fit its schema');
  });

  it.each<[string, readonly Reading[], string[]]>([
    [
      'failed',
      [company({}, { status: 'failed', data: null, problems: ['down'] })],
      ['missing-source:company-directory'],
    ],
    ['incomplete', [company({ employees: null }, { status: 'incomplete' })], ['missing-source:company-directory']],
    ['not read at all', [], ['missing-source:company-directory']],
    [
      'complete once and failed once',
      [company({}), company({}, { status: 'failed' })],
      ['missing-source:company-directory'],
    ],
  ])('misses a required source that is %s', (_what, readings, expected) => {
    const turn = aTurn({ readings: [...readings, ...READINGS.slice(1)] });
    expect(codes(concluded(turn).missingSources)).toEqual(expected);
  });

  it('does not miss a source that is not required', () => {
    const profile = aReading('professional-profile', null, { status: 'failed' });
    const turn = aTurn({ readings: [...READINGS.slice(0, 2), profile] });
    expect(concluded(turn).missingSources).toEqual([]);
  });
});

describe('facts', () => {
  it('hold what was read, and null for what failed, was not read or is no object', () => {
    const readings = [company({}, { status: 'failed' }), aReading('crm-history', ['odd'])];
    expect(factsOf(qualifier, LEAD, readings)).toEqual({
      input: LEAD,
      sources: { 'company-directory': null, 'crm-history': null, 'professional-profile': null },
      readings: [],
    });
  });

  it('hold all readings of a source, with what each was asked for', () => {
    const [one, two] = [aReading('crm-history', { stage: 'open' }), aReading('crm-history', { stage: 'lost' })];
    const readings = [{ ...one, arguments: { email: 'a@b.example' } }, two];
    expect(factsOf(qualifier, LEAD, readings)).toMatchObject({
      sources: { 'crm-history': { stage: 'open' } },
      readings: [
        { source: 'crm-history', arguments: { email: 'a@b.example' }, data: { stage: 'open' } },
        { source: 'crm-history', arguments: {}, data: { stage: 'lost' } },
      ],
    });
  });
});

describe('a decision', () => {
  it('is taken as the schema has it, and nothing else', () => {
    const good = { companySizeInRange: true, ...HOT, score: 9, tier: 'hot' };
    expect(parseDecision(qualifier, good)).toEqual({ decision: good, problems: [] });
    for (const bad of [null, {}, { ...good, score: 11 }, { ...good, score: Number.NaN }, { ...good, extra: 1 }]) {
      expect(parseDecision(qualifier, bad)).toMatchObject({ decision: null });
    }
  });
});
