import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { supportTriage } from '../../agents/support-triage/workflow.ts';
import { readReport } from '../../evals/machine/stored-report.ts';
import type { Report } from '../../evals/report/report.ts';
import { TrackedClock } from '../../evals/run/tracked-clock.ts';
import { evaluationWorld } from '../../evals/testing/evaluation-world.ts';
import { MemoryEvaluationStore } from '../../test/support/memory-evaluation-store.ts';
import { runProgram } from '../command/program.ts';
import { node } from '../command/project.ts';

const folder = mkdtempSync(join(tmpdir(), 'remit-same-figures-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Ten models are trained, five on each side. */
const SLOW = { timeout: 600_000 };

test('the state machine and the command show the same of support triage, times aside', SLOW, async () => {
  const clock = new TrackedClock();
  const evaluations = new MemoryEvaluationStore();
  const remit = await evaluationWorld({ workflow: supportTriage, evaluations, clock });
  const summed = await remit.whole();
  clock.stop();
  expect(summed.state).toBe('measured');
  const run = await evaluations.get(remit.id);
  const kept = run === null ? null : await readReport(evaluations, run);
  if (kept?.kind !== 'read') throw new Error('there is no report');
  const onStack = kept.report;

  const { exitCode, output } = await runProgram(node, ['scripts/eval.ts', supportTriage.id, '--out', folder]);
  const here: Report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));

  expect(onStack.cases.length).toBe(here.about.examples);
  expect(untimed(onStack)).toEqual(untimed(here));
  expect(summed.passes).toBe(exitCode === 0);
  const { right } = here.figures;
  expect(output).toContain(`${right.agreed} of ${right.of}`);
  expect(summed.figures).toMatchObject({ right: { agreed: right.agreed, of: right.of } });
});

/** Without what differs from run to run: when, how long, and where it ran. */
function untimed(report: Report): unknown {
  const { version: _version, startedAtMs: _started, tookMs: _took, node: _node, ...about } = report.about;
  const withoutTimes = (key: string, value: unknown): unknown =>
    ['tookMs', 'latency', 'valueMs'].includes(key) || isOfLatency(value) ? undefined : value;
  return JSON.parse(JSON.stringify({ ...report, about }, withoutTimes));
}

function isOfLatency(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && value.id === 'latency';
}
