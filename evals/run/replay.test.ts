import { describe, expect, test } from 'vitest';
import { NO_USAGE } from '../../shared/domain/usage.ts';
import type { ModelAnswer, Models, Question } from '../../shared/ports/index.ts';
import { MemoryModels, type ModelStep } from '../../test/support/memory-models.ts';
import { qualifierAlone } from '../../test/support/qualifier-alone.ts';
import { evaluateCase } from './evaluate-case.ts';
import { type Labelled, parseLabelled } from './labelled.ts';
import { MoneyCap } from './money-cap.ts';
import type { CaseResult } from './result.ts';
import { runSet } from './run-set.ts';
import { TrackedClock } from './tracked-clock.ts';

const qualifier = qualifierAlone();

const RIGHT = {
  ...{ hasBuyingAuthority: true, usesIntegratedStack: true, buyingIntent: 'ready' },
  ...{ mentionsCompetitor: false, mentionsUrgency: false },
};
const VERSIONS = { workflow: 'w', code: 'c' };

/** A lead of a made-up company of so many people. */
function lead(employees: number | null = 140, expected: Labelled['expected'] = RIGHT): Labelled {
  const input = {
    ...{ name: 'Ada Example', email: 'ada@harbour.example', company: 'Harbour', title: 'COO' },
    ...{ message: 'A demo, please.', channel: 'contact-form' },
  };
  const company = { found: employees !== null, employees, industry: null, country: null, funding: null, techStack: [] };
  const sources = {
    'company-directory': company,
    'crm-history': { stage: 'none', contactedBefore: false, lastContactDays: null },
    'professional-profile': { found: true, jobFunction: 'Operations', seniority: 'C-level', headline: null },
  };
  return { id: 'lead', input: { input, sources }, expected };
}

function answer(judgement: ModelAnswer['judgement'] = RIGHT, said: Partial<ModelAnswer> = {}): ModelAnswer {
  return {
    ...{ status: 'answered', tier: 'scripted', model: 'scripted', judgement, confidence: 0.97, fields: [] },
    ...{ reasons: [], doubts: [], usage: { ...NO_USAGE, costUsd: 0.002 }, cites: null, attempts: [], cap: null },
    ...said,
  };
}

async function evaluated(step: ModelStep, example = lead()): Promise<CaseResult & { asked: readonly Question[] }> {
  const models = new MemoryModels([step]);
  const clock = new TrackedClock();
  const ports = { models, budget: new MoneyCap(1, 0), clock, versions: VERSIONS };
  const result = await evaluateCase(ports, qualifier, example, null);
  clock.stop();
  return { ...result, asked: models.questions };
}

describe('an example', () => {
  test('is decided as a case would be: the same rules, verdict and actions, which nobody performs', async () => {
    expect(await evaluated(answer())).toMatchObject({
      ...{ status: 'answered', isRight: true, isAlone: true, sameActions: true, wrongFields: [], reasons: [] },
      decision: { ...RIGHT, companySizeInRange: true, score: 10, tier: 'hot' },
      ...{ tiers: ['approve', 'autonomous', 'autonomous'], costUsd: 0.002, by: 'qualifier (scripted)' },
    });
  });

  test('shows the agent what its sources said when it was written', async () => {
    const { asked } = await evaluated(answer());
    expect(asked[0]?.readings.map(({ source, status }) => [source, status])).toEqual([
      ['company-directory', 'complete'],
      ['crm-history', 'complete'],
      ['professional-profile', 'complete'],
    ]);
    expect(asked[0]?.readings[0]?.data).toMatchObject({ employees: 140 });
  });

  test('that is answered otherwise is wrong in the fields that differ, and in what follows from them', async () => {
    const result = await evaluated(answer({ ...RIGHT, buyingIntent: 'none' }));
    expect(result).toMatchObject({ isRight: false, isAlone: true, sameActions: false, wrongJudged: ['buyingIntent'] });
    expect(result.wrongFields).toEqual(['buyingIntent', 'score', 'tier']);
  });

  test('goes to a person where a rule says so, with the reason', async () => {
    const result = await evaluated(answer(), lead(900));
    expect(result).toMatchObject({ isRight: true, isAlone: false });
    expect(result.reasons.map(({ code }) => code)).toContain('rule:enterprise');
  });

  test.each<[string, ModelStep, CaseResult['status']]>([
    ['breaks', { breaks: 'overloaded' }, 'failed'],
    ['has no decision in it', answer(null), 'invalid'],
    ['came after failed checks', answer(RIGHT, { status: 'degraded' }), 'degraded'],
  ])('whose answer %s counts as one, and is never decided alone', async (_what, step, status) => {
    expect(await evaluated(step)).toMatchObject({ status, isAlone: false });
  });

  test('of which no value is right is right only with a person', async () => {
    const outside = lead(140, { ...RIGHT, buyingIntent: null });
    expect(await evaluated(answer(), outside)).toMatchObject({ expectedDecision: null, isRight: false });
  });

  test('without a source that it needs goes to a person at once', async () => {
    const { input, ...rest } = lead();
    const { 'crm-history': _left, ...sources } = input.sources;
    const result = await evaluated(answer(), { ...rest, input: { ...input, sources } });
    expect(result.isAlone).toBe(false);
    expect(result.reasons.map(({ code }) => code)).toContain('missing-source:crm-history');
    expect(result.tookMs).toBeLessThan(200);
  });
});

describe('a set', () => {
  /** Pays as a Claude tier does, before it answers. */
  const paid: Models = {
    async judge({ purse }) {
      const reserved = await purse.reserve(0.4);
      if (reserved.kind === 'refused') return answer(null, { status: 'failed', cap: reserved.cap });
      await reserved.settle(0.3);
      return answer();
    },
  };
  const examples = Array.from({ length: 8 }, (_, at) => ({ ...lead(), id: `lead-${at}` }));

  async function ran(maxUsd: number, concurrency: number, spentUsd = 0) {
    const results: CaseResult[] = [];
    const clock = new TrackedClock();
    const left = await runSet({
      ...{ workflow: qualifier, examples, foldOf: () => null, modelsOf: () => paid, versions: VERSIONS },
      ...{ money: new MoneyCap(maxUsd, spentUsd), concurrency, clock, onResult: (result) => results.push(result) },
    });
    clock.stop();
    return { results, left };
  }

  test('is run to its end while there is money, side by side', async () => {
    const { results, left } = await ran(5, 4);
    expect(results.map(({ id }) => id).toSorted()).toEqual(examples.map(({ id }) => id));
    expect(left).toEqual([]);
  });

  test.each([1, 4])(
    'stops before the cap is passed, %i at a time, and leaves the rest unjudged',
    async (concurrency) => {
      const { results, left } = await ran(1, concurrency);
      expect(results.length * 0.3).toBeLessThanOrEqual(1);
      expect(results.length).toBeGreaterThan(0);
      expect([...results.map(({ id }) => id), ...left].toSorted()).toEqual(examples.map(({ id }) => id));
      expect(results.every(({ status }) => status === 'answered')).toBe(true);
    },
  );

  test('counts what an earlier try has spent', async () => {
    expect((await ran(1, 1, 0.9)).results).toEqual([]);
  });
});

describe('a file of examples', () => {
  const line = JSON.stringify(lead());

  test.each([
    ['is not JSON', 'x', 'cases.jsonl, line 1 is not JSON'],
    ['has no label', JSON.stringify({ ...lead(), expected: {} }), 'a labelled example says what is right'],
    ['has an id twice', `${line}\n${line}`, 'the id lead stands twice'],
    ['is empty', '\n', 'holds no example'],
  ])('that %s is refused, and it is said why', (_what, text, problem) => {
    expect(() => parseLabelled('cases.jsonl', text)).toThrow(problem);
  });

  test('is read line by line', () => {
    expect(parseLabelled('cases.jsonl', `${line}\n`)).toEqual([lead()]);
  });
});
