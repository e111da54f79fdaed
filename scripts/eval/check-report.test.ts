import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { evidenceOf } from '../../evals/machine/evidence-of.ts';
import { type Report, reportOf } from '../../evals/report/report.ts';
import { labelledDigest, parseLabelled } from '../../evals/run/labelled.ts';
import { setDigest } from '../../evals/run/scored-set.ts';
import { resultThat } from '../../evals/testing/results.ts';
import { sha256 } from '../../shared/domain/digest.ts';
import { runtimeThat } from '../runtime/testing/runtime-that.ts';
import { checkReport } from './check-report.ts';
import { treeVersion } from './evaluate.ts';
import { evalOptions } from './options.ts';

const ID = leadQualification.id;
const SET = `agents/${ID}/examples.jsonl`;
const EXAMPLES = parseLabelled(SET, readFileSync(SET, 'utf8')).slice(0, 200);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'remit-check-'));
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
});

/** Of the first examples, all of them right. */
function honest(): Report {
  const about = {
    ...{ workflow: ID, title: 'Leads', summary: '', version: treeVersion(leadQualification), set: SET },
    ...{ setDigest: setDigest(EXAMPLES), examples: EXAMPLES.length, seen: [], notRun: [], tiers: ['learned'] },
    ...{ models: [], honesty: '', minimumConfidence: 0.8, concurrency: 1, startedAtMs: 1, tookMs: 1, node: 'v24' },
  };
  const results = EXAMPLES.map((example) => resultThat({ id: example.id, digest: labelledDigest(example) }));
  const rest = { training: [], hints: {}, volume: 1, against: null, examples: [] };
  return reportOf({ about, workflow: leadQualification, results, ...rest });
}

/** What `--check` says of a report where this is on record: its exit code, and what stands before each line. */
async function checked(report: Report, recorded: (text: string) => readonly object[]) {
  const path = join(folder, 'report.json');
  const text = JSON.stringify(report);
  writeFileSync(path, text);
  const { runtime, stop } = await runtimeThat((at) =>
    at === '/_local/token'
      ? { status: 200, body: { token: 't' } }
      : { status: 200, body: { evaluations: recorded(text) } },
  );
  try {
    const exitCode = await checkReport(leadQualification, path, { runtime });
    const said = vi.mocked(console.log).mock.calls.flat().join('\n');
    return { exitCode, marks: [...said.matchAll(/^ {2}(yes|NO|\?) /gm)].map(([, mark]) => mark), said };
  } finally {
    await stop();
  }
}

const evidence = (report: Report) => evidenceOf(report, 'v'.repeat(16), 'report.json');
const asSent = (report: Report) => (text: string) =>
  evidence(report).map((one) => ({ ...one, reportDigest: sha256(text) }));

describe('a report that is looked at', () => {
  test('holds where examples, version, figures and record are those that it names', async () => {
    const report = honest();
    const { exitCode, marks, said } = await checked(report, asSent(report));
    expect([exitCode, marks]).toEqual([0, ['yes', 'yes', 'yes', 'yes']]);
    expect(
      said
        .split('\n')
        .slice(1)
        .every((line) => line.length <= 120),
    ).toBe(true);
  });

  const figures = honest();
  const [first, ...others] = figures.cases;
  const rows: readonly (readonly [
    string,
    Report,
    (report: Report) => (text: string) => readonly object[],
    string[],
  ])[] = [
    [
      'whose figures somebody made better',
      { ...figures, figures: { ...figures.figures, rightAlone: { ...figures.figures.rightAlone, agreed: 190 } } },
      asSent,
      ['yes', 'yes', 'NO', 'yes'],
    ],
    [
      'whose case is of another label than here',
      { ...figures, cases: [{ ...first, digest: 'else' } as (typeof figures.cases)[number], ...others] },
      asSent,
      ['NO', 'yes', 'yes', 'yes'],
    ],
    ['that leaves cases out', { ...figures, cases: others }, asSent, ['NO', 'yes', 'NO', 'yes']],
    [
      'of other examples than it names',
      { ...figures, about: { ...figures.about, setDigest: 'else' } },
      asSent,
      ['NO', 'yes', 'yes', 'yes'],
    ],
    [
      'of another version',
      { ...figures, about: { ...figures.about, version: 'else' } },
      asSent,
      ['yes', 'NO', 'yes', 'yes'],
    ],
    ['that is not on record', figures, () => () => [], ['yes', 'yes', 'yes', 'NO']],
    [
      'that is another file than the recorded one',
      figures,
      (report) => () => evidence(report).map((one) => ({ ...one, reportDigest: sha256('{}') })),
      ['yes', 'yes', 'yes', 'NO'],
    ],
    [
      'of which other figures are on record',
      figures,
      (report) => (text) =>
        evidence(report).map((one) => ({ ...one, decisions: 900, agreed: 900, reportDigest: sha256(text) })),
      ['yes', 'yes', 'yes', 'NO'],
    ],
  ];
  test.each(rows)('%s does not hold', async (_what, report, recorded, marks) => {
    expect(await checked(report, recorded(report))).toMatchObject({ exitCode: 1, marks });
  });

  test('that lost rows is not called right, because they cannot be counted', async () => {
    const report = { ...honest(), removed: 2 };
    expect(await checked(report, asSent(report))).toMatchObject({ exitCode: 2, marks: ['yes', 'yes', '?', 'yes'] });
  });

  test.each([['no JSON'], ['{}'], [JSON.stringify({ ...honest(), about: { ...honest().about, workflow: 'other' } })]])(
    'has to be one of that workflow: %.20s',
    async (text) => {
      const path = join(folder, 'other.json');
      writeFileSync(path, text);
      await expect(checkReport(leadQualification, path)).rejects.toThrow(`is no report of ${ID}`);
    },
  );
});

test.each([
  [['--on-stack'], 'run on this machine alone'],
  [['--record'], 'no evidence for a phase'],
  [['--gate'], 'a gate of its own'],
  [['--against', 'report.json'], 'a gate of its own'],
])('whole requests with %s are refused, and why', (beside, why) => {
  expect(() => evalOptions(['partner-research', '--whole', ...beside])).toThrow(why);
});

test('how it is called fits a terminal of 80 columns', () => {
  let usage = '';
  try {
    evalOptions([]);
  } catch (error) {
    usage = (error as Error).message;
  }
  expect(usage).toContain('--check <report.json>');
  expect(usage.split('\n').filter((line) => line.length > 80)).toEqual([]);
});
