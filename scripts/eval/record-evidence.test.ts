import { expect, test } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { type About, type Report, reportOf } from '../../evals/report/report.ts';
import type { CaseResult } from '../../evals/run/result.ts';
import { many, resultThat, wrongAlone } from '../../evals/testing/results.ts';
import { deployedVersions } from '../../infra/versions.ts';
import { shareOf } from '../../shared/domain/agreement.ts';
import { sha256 } from '../../shared/domain/digest.ts';
import { runtimeThat } from '../runtime/testing/runtime-that.ts';
import { recordEvidence } from './record-evidence.ts';

const ID = leadQualification.id;
const VERSION = deployedVersions([ID]).workflows[ID];
const ABOUT: About = {
  ...{ workflow: ID, title: 'Leads', summary: '', version: 'v', set: 'cases.jsonl', setDigest: 's', examples: 200 },
  ...{ seen: [], notRun: [], tiers: ['learned'], models: [], honesty: '', minimumConfidence: 0.8, concurrency: 1 },
  ...{ startedAtMs: 1_000, tookMs: 1, node: 'v24' },
};

const WRITTEN = { path: 'out/report.json', text: '{ }' };

function reportThat(results: readonly CaseResult[], about: Partial<About> = {}): Report {
  const rest = { training: [], hints: {}, volume: 1, against: null, examples: [] };
  return reportOf({ about: { ...ABOUT, ...about }, workflow: leadQualification, results, ...rest });
}

/** What a running Remit of that version is sent. */
async function sentTo(
  version: string | undefined,
  report: Report,
): Promise<{ recorded: readonly string[]; sent: unknown[] }> {
  const sent: unknown[] = [];
  const share = shareOf(0, 0);
  const segment = {
    ...{
      segment: 'all',
      title: 'All',
      phase: 'partial',
      setPhase: 'partial',
      earnedUnder: null,
      coolDownUntilMs: null,
    },
    ...{ agreement: { sure: share, blind: share, shown: share, asked: share, edited: 0, fields: [] } },
    ...{ failed: { failed: 0, of: 0, share: 0 }, missed: [], against: { decisions: 0, of: 0, allowed: 5 } },
    ...{ disagreements: [], proposal: null },
  };
  const gates = { agreement: 0.85, minimumDecisions: 30, errors: 0.05 };
  const { runtime, stop } = await runtimeThat((path, body) => {
    if (path === '/_local/token') return { status: 200, body: { token: 't' } };
    if (path.endsWith('/autonomy')) {
      return {
        status: 200,
        body: { workflow: ID, title: 'Leads', version, paused: false, gates, segments: [segment] },
      };
    }
    sent.push([path, JSON.parse(body)]);
    return { status: 200, body: {} };
  });
  try {
    return { recorded: (await recordEvidence(leadQualification, report, WRITTEN, { runtime })).segments, sent };
  } finally {
    await stop();
  }
}

test('what passes all its gates is put on record under the version that runs', async () => {
  const { recorded, sent } = await sentTo(VERSION, reportThat(many(200, resultThat)));
  expect(recorded).toEqual(['all']);
  expect(sent).toEqual([
    [
      `/api/workflows/${ID}/evaluations`,
      {
        ...{ version: VERSION, segment: 'all', decisions: 200, agreed: 200, failed: 0, evaluatedAtMs: 1_000 },
        ...{ report: 'out/report.json', reportDigest: sha256(WRITTEN.text), setDigest: 's' },
        ...{ reason: 'Measured on 200 labelled cases of cases.jsonl.' },
      },
    ],
  ]);
});

test.each<[string, Report]>([
  ['misses a gate', reportThat([...many(180, resultThat), ...many(20, wrongAlone, 'wrong')])],
  ['was cut short', reportThat(many(200, resultThat), { notRun: ['left'] })],
])('what %s keeps no phase', async (_what, report) => {
  expect(await sentTo(VERSION, report)).toEqual({ recorded: [], sent: [] });
});

test('another version than the one that was measured takes no evidence', async () => {
  await expect(sentTo('another', reportThat(many(200, resultThat)))).rejects.toThrow('Another version runs');
});
