import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../command/program.ts';

const DOCUMENT = readFileSync('docs/evaluating.md', 'utf8');
const [, LINES = ''] = /## In a CI[\s\S]*?```sh\n([\s\S]*?)```/.exec(DOCUMENT) ?? [];
const BASELINE = 'evals/baselines/onboarding-steps.jsonl';
const folder = mkdtempSync(join(tmpdir(), 'remit-ci-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Five models are trained at the first run. */
const SLOW = { timeout: 300_000 };

/** A repository whose main branch has this baseline, as a CI has fetched it. */
function mainBranchWith(baseline: string): string {
  const repository = mkdtempSync(join(folder, 'main-'));
  const git = (...args: string[]): void => {
    const who = ['-c', 'user.name=CI', '-c', 'user.email=ci@remit.example'];
    execFileSync('git', [...who, ...args], { cwd: repository, stdio: 'ignore' });
  };
  mkdirSync(dirname(join(repository, BASELINE)), { recursive: true });
  writeFileSync(join(repository, BASELINE), baseline);
  git('init');
  git('add', '.');
  git('commit', '-m', 'baseline');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  return join(repository, '.git');
}

/** The lines of the document, one after the other, stopping at the first that fails. */
function step(gitDir: string) {
  return runProgram('bash', ['-euc', LINES], { GIT_DIR: gitDir });
}

describe('the step of a CI that the document shows', SLOW, () => {
  const committed = readFileSync(BASELINE, 'utf8');
  let first: Awaited<ReturnType<typeof step>>;
  beforeAll(async () => {
    first = await step(mainBranchWith(committed));
  }, SLOW.timeout);

  test('runs as it stands there, and the gate is open for what main has', () => {
    expect(LINES.trim().split('\n')).toHaveLength(3);
    expect(first.output).toContain('Gate: open');
    expect(first.output).toContain('Right in the same');
    expect(first.exitCode).toBe(0);
  });

  test('is shut with exit code 1 for what is worse than main', async () => {
    const better = committed.replaceAll('"isRight":false', '"isRight":true');
    const { exitCode, output } = await step(mainBranchWith(better));
    expect(output).toContain('Gate: shut');
    expect(output).toContain('Worse than before.');
    expect(exitCode).toBe(1);
  });

  test('is not measured, with exit code 2, where main has no baseline that fits', async () => {
    const others = committed.replaceAll('"id":"step-', '"id":"other-');
    const { exitCode, output } = await step(mainBranchWith(others));
    expect(output).toContain('there is nothing to compare');
    expect(exitCode).toBe(2);
  });
});
