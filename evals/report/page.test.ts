import { parse } from 'parse5';
import { expect, test } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import type { Labelled } from '../run/labelled.ts';
import type { CaseResult } from '../run/result.ts';
import { many, resultThat, wrongAlone } from '../testing/results.ts';
import { paragraphsAbout } from './instructions.ts';
import { evaluationPage } from './page.ts';
import { type About, type ReportInput, reportOf } from './report.ts';

const ABOUT: About = {
  ...{ workflow: 'desk', title: 'Service desk', summary: '', version: 'v', set: 'cases.jsonl', setDigest: 's' },
  ...{ examples: 0, seen: [], notRun: [], tiers: ['learned'], models: ['learned:desk'], honesty: 'Held out.' },
  ...{ minimumConfidence: 0.8, concurrency: 1, startedAtMs: Date.UTC(2026, 2, 2), tookMs: 1_000, node: 'v24' },
};
const HOSTILE = '</style><script>alert(1)</script><img src=x onerror=alert(1)>"\'\u202e';

function inputOf(results: readonly CaseResult[], more: Partial<ReportInput> = {}): ReportInput {
  const examples = results.map(
    ({ id, expected }): Labelled => ({ id, input: { input: { message: 'please' }, sources: {} }, expected }),
  );
  const about = { ...ABOUT, examples: results.length };
  const rest = { training: examples, hints: {}, volume: 500, against: null };
  return { about, workflow: leadQualification, examples, results, ...rest, ...more };
}

function pageOf(results: readonly CaseResult[], more: Partial<ReportInput> = {}, instructions = ''): string {
  return evaluationPage(reportOf(inputOf(results, { ...more, instructions })));
}

test('says first whether the gates are passed, and why not', () => {
  expect(pageOf(many(200, resultThat))).toMatch(/<h1>Good enough to act by itself\.<\/h1>/);
  const missed = pageOf([...many(90, resultThat), ...many(10, wrongAlone, 'wrong')]);
  expect(missed).toMatch(/<h1>Not ready to act by itself\.<\/h1>/);
  expect(missed).toContain('2 of 4 gates are missed');
});

test('a run that was cut short by its money passes nothing', () => {
  const report = reportOf(inputOf(many(200, resultThat), { about: { ...ABOUT, notRun: ['left'] } }));
  expect(report.gates.every(({ passes }) => passes)).toBe(true);
  expect(report.passes).toBe(false);
  expect(evaluationPage(report)).toContain('It stopped when the money was spent, with 1 case left');
});

test('text from examples, models, rules and instructions stays text wherever it stands', () => {
  const said = { id: HOSTILE, because: [HOSTILE], model: HOSTILE, by: HOSTILE, attempts: [HOSTILE] };
  const field = { field: HOSTILE, confidence: 0.9, threshold: 0.8, because: [HOSTILE] };
  const wrong = wrongAlone({
    ...said,
    ...{ judgement: { [HOSTILE]: HOSTILE }, expected: { [HOSTILE]: 'b' }, expectedDecision: { [HOSTILE]: 'b' } },
    ...{ decision: { [HOSTILE]: HOSTILE }, wrongJudged: [HOSTILE], wrongFields: [HOSTILE], fields: [field] },
  });
  const asked = resultThat({ ...said, id: 'b', isAlone: false, reasons: [{ code: `rule:${HOSTILE}`, text: HOSTILE }] });
  const results = [wrong, asked, ...many(30, resultThat)];
  const input = inputOf(results, {
    about: { ...ABOUT, title: HOSTILE, set: HOSTILE, models: [HOSTILE], honesty: HOSTILE },
    against: results,
  });
  const examples = input.examples.map((one) => ({
    ...one,
    note: HOSTILE,
    input: { input: { [HOSTILE]: HOSTILE, list: [HOSTILE] }, sources: { desk: { [HOSTILE]: HOSTILE } } },
  }));
  const page = evaluationPage(reportOf({ ...input, examples, instructions: `- **${HOSTILE}** ${HOSTILE}` }));
  const names = elementsOf(page);
  expect(names.filter((name) => ['script', 'img', 'iframe', 'object', 'link', 'form'].includes(name))).toEqual([]);
  expect(names.filter((name) => name === 'style')).toHaveLength(1);
  expect(page).not.toContain('\u202e');
});

test('loads nothing and runs nothing', () => {
  const page = pageOf([...many(40, resultThat), ...many(4, wrongAlone, 'wrong')]);
  expect(page).toContain(`content-security-policy" content="default-src 'none'`);
  expect(page).not.toMatch(/<script|\bsrc=|\bhref=|@import|url\(/);
});

test('an empty set still makes a page, and every figure has its n', () => {
  expect(pageOf([])).toContain('Does not pass');
  const report = reportOf(inputOf(many(50, resultThat)));
  expect(report.figures.rightAlone).toMatchObject({ agreed: 50, of: 50 });
  expect(report.cost.perMonthUsd).toBeCloseTo(0.5, 10);
  expect(report.cost.interval?.upper).toBeCloseTo(0.001, 10);
  expect(report.curve.target).toBe(0.95);
});

test('draws whether confidence is true for each field and tier that has enough answers', () => {
  const page = pageOf([...many(30, resultThat), ...many(30, () => resultThat({ by: 'desk (fast)' }))]);
  expect(page).toContain('<h3>queue, by learned</h3>');
  expect(page).toContain('<h3>queue, by fast</h3>');
  expect(page.match(/aria-label="Confidence against what was right"/g)).toHaveLength(3);
  expect(pageOf(many(10, resultThat))).not.toContain('field by field?');
});

test('shows what the instructions say of a field, each paragraph or list item whole', () => {
  const text =
    '# Desk\n\nJudge two things:\n\n- **queue**: billing for\n  invoices.\n- **urgent**: now.\n\nDo not guess queue.';
  expect(paragraphsAbout(text, 'queue')).toEqual(['queue: billing for invoices.', 'Do not guess queue.']);
});

interface Node {
  readonly nodeName: string;
  readonly childNodes?: readonly Node[];
}

function elementsOf(page: string): string[] {
  const walk = (node: Node): string[] => [node.nodeName, ...(node.childNodes ?? []).flatMap(walk)];
  return walk(parse(page) as unknown as Node);
}

test('names what stands in a cell where a phone shows a table line by line, and both axes of a plot', () => {
  const before = many(40, wrongAlone, 'case');
  const page = pageOf(many(40, resultThat, 'case'), { against: before });
  const comparison = page.slice(page.indexOf('Against the earlier run'), page.indexOf('How sure, how right'));
  const names = [...comparison.matchAll(/data-name="([^"]*)"/g)].map(([, name]) => name);
  expect(new Set(names)).toEqual(new Set(['before', 'now', 'change', 'difference, 95 % interval', 'difference']));
  expect(comparison).toContain('p &lt; 0.001');
  for (const axis of ['right', 'decided without a person', 'stated confidence']) {
    expect(page).toMatch(new RegExp(`<text [^>]*>${axis}</text>`));
  }
  expect(comparison).toContain('<span class="id">');
});

test('sets names of columns upright where they take more than a phone has', () => {
  const of = (tier: string) => (id: string) => ({ id, decision: { tier }, expectedDecision: { tier } });
  const long = ['very-long-name', 'another-name', 'third'].flatMap((tier) =>
    many(5, (more) => resultThat({ ...more, ...of(tier)(`${tier}${more?.id ?? ''}`) }), tier),
  );
  expect(pageOf(long)).toContain('<span class="upright">another-name</span>');
  const short = ['hot', 'cold'].flatMap((tier) =>
    many(5, (more) => resultThat({ ...more, ...of(tier)(`${tier}${more?.id ?? ''}`) }), tier),
  );
  expect(pageOf(short)).not.toContain('class="upright"');
});
