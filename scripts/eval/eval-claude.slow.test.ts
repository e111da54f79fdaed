import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Labelled, parseLabelled } from '../../evals/run/labelled.ts';
import { FAKE_KEY, type FakeAnthropic, startFakeAnthropic } from '../../test/support/fake-anthropic.ts';
import { structured } from '../../test/support/fake-anthropic-replies.ts';
import { runProgram } from '../command/program.ts';
import { node } from '../command/project.ts';

const NAME = 'agents/lead-qualification/examples.jsonl';
const examples = parseLabelled(NAME, readFileSync(NAME, 'utf8')).slice(0, 4);
const SOURCES = ['company-directory', 'crm-history', 'professional-profile'];

/** Several processes of the whole command. */
const SLOW = { timeout: 120_000 };

let fake: FakeAnthropic;
let out: string;
beforeEach(async () => {
  fake = await startFakeAnthropic();
  out = mkdtempSync(join(tmpdir(), 'remit-eval-claude-'));
});
afterEach(async () => {
  await fake.stop();
  rmSync(out, { recursive: true });
});

/** What Claude would say that agrees with the labels. Nobody has measured it yet, so that outreach has no turn. */
function rightAnswers() {
  return examples.map(({ expected: { need: _ofOutreach, ...qualified } }) => answered(qualified));
}

function answered(judgement: Labelled['expected']) {
  return structured({ judgement, reasons: ['So it is.'], confidence: 0.9, doubts: [], cites: SOURCES });
}

function evaluated(...more: readonly string[]) {
  const args = ['scripts/eval.ts', 'lead-qualification', '--models', 'fast', '--limit', '4', '--concurrency', '1'];
  const environment = { ANTHROPIC_API_KEY: FAKE_KEY, REMIT_ANTHROPIC_BASE_URL: fake.url };
  return runProgram(node, [...args, '--out', out, ...more], environment);
}

function report() {
  return JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
}

test('stops before its money is spent, and goes on where it stopped without paying again', SLOW, async () => {
  const nothing = await evaluated('--max-usd', '0');
  expect(nothing.exitCode).toBe(1);
  expect(nothing.output).toContain('It stopped when the money was spent; left: 4.');
  expect(fake.requests).toEqual([]);

  fake.play(...rightAnswers());
  const first = await evaluated();
  expect(first.output).toContain('Right in 100.0 %');
  expect(fake.requests).toHaveLength(4);
  const { about, figures, passes } = report();
  expect(about).toMatchObject({
    examples: 4,
    tiers: ['fast'],
    honesty: expect.stringContaining('No model of this run'),
  });
  expect(figures.right).toMatchObject({ agreed: 4, of: 4 });
  expect(figures.cost.totalUsd).toBeGreaterThan(0);
  // Four cases prove nothing.
  expect([first.exitCode, passes]).toEqual([1, false]);

  await evaluated('--resume');
  expect(fake.requests).toHaveLength(4);
  expect(report().cases).toHaveLength(4);
});

test('shows Claude the instructions and the sources of the example, and nothing of its label', SLOW, async () => {
  fake.play(...rightAnswers());
  await evaluated();
  const asked = JSON.stringify(fake.requests[0]?.body);
  expect(asked).toContain('You qualify leads');
  expect(asked).toContain('Rivermill Logistics');
  expect(asked).not.toContain('"expected"');
  expect(asked).not.toContain(examples[0]?.id);
});
