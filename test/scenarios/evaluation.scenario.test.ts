import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../scripts/command/program.ts';
import { node } from '../../scripts/command/project.ts';
import { governanceCaseId } from '../../shared/domain/governance-case.ts';
import { keepAccess } from '../support/access-record.ts';
import { deployedAssembly, people } from '../support/deployment.ts';
import {
  breakFirstSlice,
  deploySet,
  EXPENSES,
  endedEvaluation,
  evaluationAt,
  examplesOf,
  FINANCE,
  rowsAt,
  startEvaluation,
  writeRow,
} from '../support/evaluations.ts';
import { freePort } from '../support/free-port.ts';
import { patiently } from '../support/patiently.ts';
import { PersonBrowser } from '../support/person-browser.ts';
import { RuntimeProcess } from '../support/runtime-process.ts';

const CASES = 300;
const folder = mkdtempSync(join(tmpdir(), 'remit-evaluation-'));
const [home, fails, out] = ['home', 'fails', 'out'].map((name) => join(folder, name)) as [string, string, string];
const assembly = deployedAssembly();
const runtime = new RuntimeProcess(assembly, home);

let port: number;
let remit: ReturnType<typeof people>;
beforeAll(async () => {
  // Under other numbers, the model of production does not know that it has seen them, and is right nearly always.
  const renamed = examplesOf(EXPENSES)
    .slice(0, CASES)
    .map((one) => {
      const input = { ...one.input.input, id: `N-${one.id}` };
      return { ...one, id: `new-${one.id}`, input: { ...one.input, input } };
    });
  deploySet(assembly, EXPENSES, 'easy', renamed);
  breakFirstSlice(assembly, fails);
  port = await freePort();
  remit = people(`http://127.0.0.1:${port}`);
  await runtime.start(port);
}, 200_000);
afterAll(async () => {
  await keepAccess(remit.url);
  await runtime.kill();
  for (const path of [folder, assembly]) rmSync(path, { recursive: true, force: true });
});

/** `npm run eval -- <workflow> --on-stack` from another terminal. */
function command(...args: readonly string[]) {
  const environment = { REMIT_PORT: String(port) };
  return runProgram(node, ['scripts/eval.ts', EXPENSES, '--on-stack', '--out', out, ...args], environment);
}

const reportIn = () => JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
const kept = (): string => JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8')).evaluationId;

describe('an evaluation on the stack', { timeout: 300_000 }, () => {
  it('runs a slice once more that failed, and ends with exit code 0 where the gates pass', async () => {
    writeFileSync(fails, 'once');
    const { exitCode, output } = await command('--set', 'easy');
    expect(output).toContain('passes its gates');
    expect(exitCode).toBe(0);
    expect(existsSync(fails)).toBe(false);
    const { passes, cases, about } = reportIn();
    expect(passes).toBe(true);
    expect(new Set(cases.map(({ id }: { id: string }) => id)).size).toBe(CASES);
    expect(about).toMatchObject({ set: `agents/${EXPENSES}/sets/easy.jsonl`, examples: CASES, notRun: [] });
  });

  it('is on record in the ledger of the workflow, with version and set', async () => {
    const { outcome } = await evaluationAt(remit, kept());
    const answer = await remit.api(`/api/cases/${governanceCaseId(EXPENSES)}?ledger=true`, {}, FINANCE);
    const { ledger } = JSON.parse(await answer.text());
    expect(ledger.at(-1).event).toMatchObject({
      ...{ type: 'evaluation-started', by: FINANCE, proof: 'sign-in', evaluationId: kept(), attempt: 1 },
      set: { name: 'easy', examples: CASES, digest: outcome?.figures?.['setDigest'] },
      versions: { workflow: reportIn().about.version },
    });
  });

  it('shows its report to the team and to operators, and to nobody else', async () => {
    const read = async (as: string, user: string, groups: string[] = []) =>
      remit.api(`/api/evaluations/${kept()}${as}`, {}, user, groups);
    const page = await read('?as=page', FINANCE);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toBe(readFileSync(join(out, 'report.html'), 'utf8'));
    const whole = await read('?as=report', 'operator@remit.example', ['operators']);
    expect(JSON.parse(await whole.text())).toEqual(reportIn());
    expect((await read('', 'sales-lead@remit.example')).status).toBe(403);
    expect((await fetch(`${remit.url}/api/evaluations/${kept()}`)).status).toBe(401);
    const unknown = await remit.api(`/api/evaluations/${'0'.repeat(32)}`, {}, FINANCE);
    expect(unknown.status).toBe(404);
  });

  it('is a page for the team in a browser, after signing in, and no page for others', async () => {
    const path = `/evaluations/${kept()}`;
    const shown = await new PersonBrowser(remit.url).signIn(FINANCE, path);
    expect([shown.status, new URL(shown.url).pathname]).toEqual([200, path]);
    expect(shown.text).toBe(readFileSync(join(out, 'report.html'), 'utf8'));
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
    const stranger = await new PersonBrowser(remit.url).signIn('sales-lead@remit.example', path);
    expect(stranger.status).toBe(404);
    expect(stranger.text).not.toContain('Expense');
  });

  it('is compared there with the version that was measured before, and becomes evidence for it, by the digest of its report', async () => {
    const { about } = reportIn();
    const first = kept();
    const args = ['--set', 'easy', '--against', about.version.slice(0, 12), '--gate', '--record'];
    const { exitCode, output } = await command(...args);
    expect(output).toContain('Against the earlier run: no difference shown');
    expect(output).toContain('Gate: open');
    expect(exitCode).toBe(0);
    expect(kept()).not.toBe(first);
    const { comparison } = reportIn();
    expect(comparison).toMatchObject({ pairs: CASES, leftOut: 0, answers: { gained: [], lost: [] } });
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('Against the earlier run');

    const { outcome } = await evaluationAt(remit, kept());
    expect(output).toContain(`on the report of digest ${outcome?.reportDigest}`);
    const answer = await remit.api(`/api/cases/${governanceCaseId(EXPENSES)}?ledger=true`, {}, FINANCE);
    const recorded = JSON.parse(await answer.text()).ledger.at(-1).event;
    expect(recorded).toMatchObject({
      ...{ type: 'evaluation-recorded', by: FINANCE },
      evaluation: { version: about.version, reportDigest: outcome?.reportDigest, report: `/api/evaluations/${kept()}` },
    });
    const settings = JSON.parse(await (await remit.api(`/api/workflows/${EXPENSES}/settings`, {}, FINANCE)).text());
    expect(settings.evaluations).toContainEqual(recorded.evaluation);
  });

  it('loses the rows of somebody who has to be forgotten, says so, and is no evidence once it was changed', async () => {
    const [row] = await rowsAt(remit.url, kept());
    if (row === undefined) throw new Error('it has no rows');
    const { example, body } = row;
    const before = await evaluationAt(remit, kept());
    const hers = body.replace(/"about":\[.*?\]/, '"about":["Ada@Forgotten.example"]');
    await writeRow(remit.url, { ...row, body: hers });
    const changed = await remit.api(`/api/evaluations/${kept()}?as=report`, {}, FINANCE);
    expect([changed.status, await changed.text()]).toEqual([409, expect.stringContaining(example)]);
    const body_ = { method: 'POST', body: JSON.stringify({ reason: 'It looks good.' }) };
    const refused = await remit.api(`/api/evaluations/${kept()}/evidence`, body_, FINANCE);
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('was changed')]);

    const wish = { subject: 'ada@forgotten.example', reason: 'She asked for it.', isDryRun: false };
    const asked = { method: 'POST', body: JSON.stringify(wish) };
    const erased = await remit.api('/api/erasures', asked, 'operator@remit.example', ['operators']);
    expect(JSON.parse(await erased.text())).toMatchObject({
      ...{ kind: 'erased', besideCases: [{ workflow: EXPENSES, counts: { 'evaluation-rows': 1 } }] },
    });
    expect((await rowsAt(remit.url, kept())).map((one) => one.example)).not.toContain(example);
    const after = await remit.api(`/api/evaluations/${kept()}?as=report`, {}, FINANCE);
    const report = JSON.parse(await after.text());
    expect([report.removed, report.cases.length, report.figures.cases]).toEqual([1, CASES - 1, CASES]);
    expect((await evaluationAt(remit, kept())).outcome).toEqual(before.outcome);
    const page = await remit.api(`/api/evaluations/${kept()}?as=page`, {}, FINANCE);
    expect(await page.text()).toContain('1 row removed');
  });

  it('is not measured while a slice is missing, and is when it has been gone on with', async () => {
    writeFileSync(fails, 'always');
    const broken = await command('--set', 'easy');
    expect(broken.exitCode).toBe(2);
    expect(broken.output).toContain(`25 of ${CASES} examples have no result`);
    const report = await remit.api(`/api/evaluations/${kept()}?as=report`, {}, FINANCE);
    expect(report.status).toBe(404);

    rmSync(fails);
    const first = kept();
    const resumed = await command('--resume');
    expect([resumed.exitCode, kept()]).toEqual([0, first]);
    expect(await evaluationAt(remit, first)).toMatchObject({ state: 'measured', attempt: 2 });
  });

  it('goes on after kill -9 in the middle of its slices, with each example scored once, by a model of another fold', async () => {
    const { evaluationId } = await startEvaluation(remit, { workflow: EXPENSES });
    const { progress } = await patiently(
      () => evaluationAt(remit, evaluationId),
      ({ progress: { done } }) => done > 0,
    );
    await runtime.kill();
    const all = examplesOf(EXPENSES).map(({ id }) => id);
    expect(progress.done).toBeLessThan(all.length);
    await runtime.start(port);

    const { state, outcome } = await endedEvaluation(remit, evaluationId);
    expect([state, outcome?.figures?.['examples']]).toEqual(['measured', all.length]);
    const report = await remit.api(`/api/evaluations/${evaluationId}?as=report`, {}, FINANCE);
    const { cases } = JSON.parse(await report.text());
    expect(cases.map(({ id }: { id: string }) => id)).toEqual(all);
    expect(new Set(cases.map(({ fold }: { fold: number }) => fold))).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  it('ends with exit code 1 where the gates are missed', async () => {
    const { exitCode, output } = await command('--set', 'easy', '--limit', '20');
    expect(output).toContain('does not pass its gates');
    expect(exitCode).toBe(1);
  });
});
