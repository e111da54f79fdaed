import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { partnerResearch } from '../../agents/partner-research/workflow.ts';
import type { JsonObject } from '../../shared/contracts/index.ts';
import { NO_USAGE } from '../../shared/domain/usage.ts';
import type { Tier } from '../../shared/models/answer.ts';
import { cascade } from '../../shared/models/cascade.ts';
import { MoneyCap } from '../run/money-cap.ts';
import { TrackedClock } from '../run/tracked-clock.ts';
import { fixedCourse } from './fixed-course.ts';
import { measureWhole, scored, type WholeResult } from './measure-whole.ts';
import { parseWhole } from './request.ts';
import { PLAYED, wholeSummary } from './whole-lines.ts';
import { wholePage } from './whole-page.ts';
import { type AboutWhole, figuresOf, wholeReport } from './whole-report.ts';

const FOLDER = 'agents/partner-research';
const read = (file: string): string => readFileSync(`${FOLDER}/${file}`, 'utf8');
const [requests, web] = parseWhole('requests', read('whole/requests.jsonl'), read('whole/web.json'));
const ABOUT: AboutWhole = {
  ...{ workflow: partnerResearch.id, title: 'Partner research', version: 'v', set: 's', setDigest: 'd' },
  ...{ tiers: ['learned'], notRun: [], startedAtMs: 0, node: 'v24' },
};
const nobody: Tier = async () => null;

/** An assessor that says of each company what is asked of it here. */
function assessor(verdictOf: (domain: string) => JsonObject): Tier {
  return async ({ agent, handOver }) => {
    if (agent.id !== 'assessor') return null;
    const companies = handOver?.['companies'] as unknown as readonly { readonly domain: string }[];
    const judgement = { assessments: companies.map(({ domain }) => ({ domain, ...verdictOf(domain) })) };
    const rest = { reasons: [], doubts: [], usage: NO_USAGE, cites: null, attempts: [], cap: null };
    const fields = [{ field: 'assessments', confidence: 1, threshold: null, because: [] }];
    return { status: 'answered', tier: 'learned', model: 'learned:test', judgement, confidence: 1, fields, ...rest };
  };
}

async function run(learned: Tier, ids: readonly string[]): Promise<readonly WholeResult[]> {
  const results: WholeResult[] = [];
  const clock = new TrackedClock();
  await measureWhole({
    ...{ workflow: partnerResearch, web, money: new MoneyCap(1, 0), clock, versions: { workflow: 'w', code: 'c' } },
    requests: requests.filter(({ id }) => ids.includes(id)),
    models: cascade({ learned, fast: nobody, smart: nobody, deep: nobody, scripted: fixedCourse }),
    onResult: (result) => results.push(result),
  });
  clock.stop();
  return results;
}

const all = (fit: string) => assessor(() => ({ fit, kind: 'none', conflict: 'none' }));

describe('the labelled requests', () => {
  test('are at least twenty, some of which nobody fits, in a world that says that it is made up', () => {
    expect(requests.length).toBeGreaterThanOrEqual(20);
    expect(requests.filter(({ expected }) => expected.partners.length === 0).length).toBeGreaterThanOrEqual(5);
    expect(web.note).toContain('made-up');
    expect(requests.every(({ input }) => partnerResearch.input.safeParse(input.input).success)).toBe(true);
  });

  test('are of no company that the assessor learned from', () => {
    const lines = read('examples.jsonl').trim().split('\n');
    const learned: { domain: string; name: string }[] = lines.map((line) => JSON.parse(line).input.input);
    const domains = new Set(learned.map(({ domain }) => domain));
    expect(Object.keys(web.companies).filter((domain) => domains.has(domain))).toEqual([]);
    const texts = JSON.stringify(web).toLowerCase();
    expect(learned.filter(({ name }) => texts.includes(`"${name.toLowerCase()}`))).toEqual([]);
  });

  test('that name a company which is not in the world are refused, with the line', () => {
    const wrong = JSON.stringify({ ...requests[0], expected: { partners: ['gone.example'] } });
    expect(() => parseWhole('requests', wrong, read('whole/web.json'))).toThrow('line 1: there is no gone.example');
  });
});

describe('a request is right', () => {
  const request = requests.find(({ id }) => id === 'request-07');
  const empty = requests.find(({ expected }) => expected.partners.length === 0);
  if (request === undefined || empty === undefined) throw new Error('the requests are not there');
  const [one = '', two = '', three = ''] = request.expected.partners;
  const reported = (domains: readonly string[], unproved: readonly string[] = []): JsonObject => ({
    partners: domains.map((domain) => ({ domain, claims: [{}, {}] })),
    unproved: [...unproved],
  });

  test.each<[string, typeof request, JsonObject | null, boolean, Partial<WholeResult>]>([
    ['with two that fit', request, reported([one, two]), true, { found: 2, claims: 4 }],
    ['not with one', request, reported([one]), false, { found: 1 }],
    ['not with one that does not fit', request, reported([one, 'x.example']), false, { wrong: ['x.example'] }],
    ['not with more than were wanted', request, reported([one, two, three]), false, { found: 2, wrong: [] }],
    ['not with one of them twice', request, reported([one, one]), false, { found: 1 }],
    ['not with a claim that nothing bears', request, reported([one, two], ['a']), false, { unproved: 1 }],
    ['not without a report', request, null, false, { proposed: null, found: 0 }],
    ['with nobody, where nobody fits', empty, reported([]), true, { wanted: 0 }],
    ['not with somebody, where nobody fits', empty, reported([one]), false, { wrong: [one] }],
    ['not without a report, where nobody fits', empty, null, false, { proposed: null }],
  ])('%s', (_what, asked, decision, isRight, figures) => {
    expect(scored(asked, decision)).toMatchObject({ isRight, ...figures });
  });
});

describe('the fixed course, through the code of production', () => {
  const ids = ['request-07', 'request-22', 'request-23'];

  test('reports what search and assessor let through, every time for a person', async () => {
    const [cleaning, fishing, mining] = await run(all('yes'), ids);
    expect(cleaning?.proposed?.length).toBe(2);
    expect(cleaning).toMatchObject({ isAlone: false, unproved: 0 });
    expect(cleaning?.turns).toBeGreaterThan(4);
    expect(cleaning?.readings).toBeGreaterThan(4);
    expect(cleaning?.models).toContain('learned:test');
    expect([fishing?.isRight, mining?.isRight]).toEqual([true, true]);
  });

  test('is wrong where its assessor is: its figures are none that cannot be', async () => {
    const results = await run(all('no'), ids);
    expect(results.map(({ isRight }) => isRight)).toEqual([false, true, true]);
    expect(figuresOf(results, true).found).toMatchObject({ agreed: 0, of: 2 });
    const liar = assessor((domain) => ({
      fit: domain.startsWith('shinerota') ? 'yes' : 'no',
      kind: 'none',
      conflict: 'none',
    }));
    const [cleaning] = await run(liar, ['request-07']);
    expect(cleaning).toMatchObject({ wrong: ['shinerota.example'], isRight: false });
  });

  test('is said to be one on every line and in every row, passes no gate, and shows no figure that could not be otherwise', async () => {
    const report = wholeReport(ABOUT, partnerResearch.rollout.gates, await run(all('yes'), ids));
    expect([report.isPlayed, report.passes]).toEqual([true, false]);
    expect(report.figures).toMatchObject({ cited: null, asked: null, perRequestUsd: null });
    const figures = wholeSummary(report, 'page.html').filter(
      (line) => line !== '' && !line.startsWith('The whole report'),
    );
    expect(figures.length).toBeGreaterThan(5);
    expect(figures.filter((line) => !line.includes(PLAYED))).toEqual([]);
    const page = wholePage(report);
    expect(page).toContain('No model planned, searched or wrote here');
    const [tiles, rows] = [page.split('class="card tile"'), page.split('<tr><td><b')];
    expect([...tiles.slice(1), ...rows.slice(1)].filter((part) => !part.split('</tr>')[0]?.includes(PLAYED))).toEqual(
      [],
    );
  });
});

test('with a model, thirty right requests and not one less pass the gate', () => {
  const right = scoredRight();
  const gates = { ...partnerResearch.rollout.gates, agreement: 0.85, minimumDecisions: 30 };
  const of = (count: number) =>
    wholeReport(
      ABOUT,
      gates,
      Array.from({ length: count }, () => right),
    );
  expect([of(29).passes, of(30).passes]).toEqual([false, true]);
  expect(wholeReport({ ...ABOUT, notRun: ['left'] }, gates, of(30).cases).passes).toBe(false);
  expect(of(30).figures).toMatchObject({ cited: { agreed: 60, of: 60 }, perRequestUsd: expect.closeTo(0.01, 9) });
});

function scoredRight(): WholeResult {
  return {
    ...{ id: 'a', text: 'Find one', note: 'n', fitting: ['a.example'], wanted: 1, proposed: ['a.example'], found: 1 },
    ...{ wrong: [], claims: 2, unproved: 0, isRight: true, isAlone: true, reasons: [], turns: 6, readings: 9 },
    ...{ models: ['claude'], costUsd: 0.01, tookMs: 1 },
  };
}
