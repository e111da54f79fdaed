import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../scripts/command/program.ts';
import { node } from '../../scripts/command/project.ts';
import { askAt } from '../support/claude-assembly.ts';
import { deployedAssembly, people } from '../support/deployment.ts';
import { endedEvaluation, examplesOf, startEvaluation } from '../support/evaluations.ts';
import { type AskedRequest, FAKE_KEY, type FakeAnthropic, startFakeAnthropic } from '../support/fake-anthropic.ts';
import { structured } from '../support/fake-anthropic-replies.ts';
import { freePort } from '../support/free-port.ts';
import { APPROVER, WORKFLOW } from '../support/leads.ts';
import { until } from '../support/patiently.ts';
import { RuntimeProcess } from '../support/runtime-process.ts';

const LIMIT = 75;
/** Slices of 25 that run side by side, three examples of each at a time. */
const MOST_IN_FLIGHT = 9;
const KILLED_AFTER = 20;

const folder = mkdtempSync(join(tmpdir(), 'remit-evaluation-claude-'));
const out = join(folder, 'out');
let claude: FakeAnthropic;
let runtime: RuntimeProcess;
let assembly: string;
let port: number;
let remit: ReturnType<typeof people>;

beforeAll(async () => {
  claude = await startFakeAnthropic();
  assembly = deployedAssembly((template) => askAt(template, claude.url, 'evaluate'));
  runtime = new RuntimeProcess(assembly, join(folder, 'home'), { ANTHROPIC_API_KEY: FAKE_KEY });
  port = await freePort();
  remit = people(`http://127.0.0.1:${port}`);
  await runtime.start(port);
}, 200_000);
afterAll(async () => {
  await runtime.kill();
  await claude.stop();
  for (const path of [folder, assembly]) rmSync(path, { recursive: true, force: true });
});

/** The same of every lead: how good the answers are is not what is looked at here. */
function answer() {
  const { need: _ofAnother, ...judgement } = examplesOf(WORKFLOW)[0]?.expected ?? {};
  const cites = ['company-directory', 'crm-history', 'professional-profile'];
  return structured({ judgement, reasons: ['So it is.'], confidence: 0.9, doubts: [], cites });
}

/** How often each question was asked, by what it was. */
function timesAsked(requests: readonly AskedRequest[]): number[] {
  const asked = Map.groupBy(requests, ({ body }) => JSON.stringify(body['messages']));
  return [...asked.values()].map(({ length }) => length);
}

function command(...args: readonly string[]) {
  const of = ['scripts/eval.ts', WORKFLOW, '--on-stack', '--models', 'fast', '--limit', '10', '--out', out];
  return runProgram(node, [...of, ...args], { REMIT_PORT: String(port) });
}

describe('an evaluation on the stack that asks Claude', { timeout: 240_000 }, () => {
  it('goes on after kill -9 where it was, and asks nothing again but what was in flight', async () => {
    let killed: Promise<void> | null = null;
    claude.serve(() => {
      if (claude.requests.length === KILLED_AFTER) killed = runtime.kill();
      return answer();
    });
    const started = await startEvaluation(remit, { workflow: WORKFLOW, models: ['fast'], limit: LIMIT }, APPROVER);
    expect(started.status).toBe(202);
    await until(() => killed !== null, 'the kill', { everyMs: 20 });
    await killed;
    const before = claude.requests.length;
    expect(before).toBeLessThan(LIMIT);

    await runtime.start(port);
    const found = await endedEvaluation(remit, started.evaluationId, APPROVER);
    expect(found).toMatchObject({
      state: 'measured',
      attempt: 1,
      outcome: { figures: { examples: LIMIT, notRun: 0 } },
    });
    const times = timesAsked(claude.requests);
    expect(times).toHaveLength(LIMIT);
    expect(Math.max(...times)).toBeLessThanOrEqual(2);
    expect(times.filter((count) => count > 1).length).toBeLessThanOrEqual(MOST_IN_FLIGHT);
  });

  it('stops at its cap before the first call beyond it, says so, and goes on with more money where it stopped', async () => {
    const before = claude.requests.length;
    const stopped = await command('--max-usd', '0');
    expect(stopped.exitCode).toBe(1);
    expect(stopped.output).toContain('It stopped when the money was spent; left: 10. Go on with --resume');
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(
      'It stopped when the money was spent, with 10 cases left',
    );
    expect(claude.requests.length).toBe(before);

    const whole = await command('--resume', '--max-usd', '5');
    expect(whole.output).not.toContain('the money was spent');
    expect(claude.requests.length).toBe(before + 10);
    const { about, figures } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
    expect([about.examples, about.notRun, figures.cost.totalUsd > 0]).toEqual([10, [], true]);
  });
});
