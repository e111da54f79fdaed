import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { evaluationRun } from '../../test/support/evaluation-contract.ts';
import { runtimeThat } from '../runtime/testing/runtime-that.ts';
import { evaluateOnStack } from './on-stack.ts';
import { evalOptions } from './options.ts';

const RUN = evaluationRun();
const AT = `/api/evaluations/${RUN.id}`;

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'remit-on-stack-'));
});
afterEach(() => rmSync(out, { recursive: true }));

/** A running Remit that answers looks at the evaluation one after the other; the last one stays. */
async function measuredBy(looks: readonly object[], args: readonly string[] = [], refusal: object | null = null) {
  const posted: unknown[] = [];
  const waiting = [...looks];
  const { runtime, stop } = await runtimeThat((path, body) => {
    if (path === '/_local/token') return { status: 200, body: { token: 't' } };
    if (path.endsWith('?as=report')) return { status: 200, body: { format: 'remit evaluation 1' } };
    if (path.endsWith('?as=page')) return { status: 200, body: 'the page' };
    if (path === AT) {
      const seen = waiting.length > 1 ? waiting.shift() : waiting[0];
      return { status: 200, body: { ...RUN, progress: { done: 25, left: 0 }, ...seen } };
    }
    posted.push([path, JSON.parse(body)]);
    if (refusal !== null) return { status: 409, body: refusal };
    return { status: 202, body: { evaluationId: RUN.id, attempt: 1, examples: 640 } };
  });
  try {
    const wanted = evalOptions([leadQualification.id, '--on-stack', '--out', out, ...args]);
    return { found: await evaluateOnStack(leadQualification, wanted, runtime, 1), posted };
  } finally {
    await stop();
  }
}

const ended = (state: string, problem: string | null = null) => ({
  state,
  outcome: { state, passes: false, problem, figures: null, endedAtMs: 2_000 },
});

test('it is begun with what is wanted, waited for, and its report lies in the folder', async () => {
  const args = [
    '--models',
    'learned,fast',
    '--max-usd',
    '2',
    '--limit',
    '50',
    '--set',
    'agents/x/sets/hard-cases.jsonl',
  ];
  const { found, posted } = await measuredBy([{}, {}, ended('measured')], args);
  expect(posted).toEqual([
    [
      '/api/evaluations',
      {
        ...{ workflow: leadQualification.id, set: 'hard-cases', models: ['learned', 'fast'], limit: 50, maxUsd: 2 },
        ...{ volume: 1_000, reason: 'Measured by npm run eval.' },
      },
    ],
  ]);
  expect(found).toMatchObject({ address: AT, version: 'w', page: join(out, 'report.html') });
  expect(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))).toEqual({ format: 'remit evaluation 1' });
  expect(readFileSync(found.page, 'utf8')).toContain('the page');
});

test('what ended without figures is not measured, with the reason, and nothing lies there for a report', async () => {
  const looks = [{}, ended('not-measured', 'Too many slices failed.')];
  await expect(measuredBy(looks)).rejects.toMatchObject({
    ...{ exitCode: 2, message: expect.stringContaining('Too many slices failed.') },
  });
  expect(existsSync(join(out, 'report.json'))).toBe(false);
});

test('it is gone on with from the folder of the run, and not where there was none', async () => {
  await expect(measuredBy([ended('measured')], ['--resume'])).rejects.toMatchObject({ exitCode: 2 });
  await measuredBy([ended('measured')]);
  const { posted } = await measuredBy([ended('measured')], ['--resume', '--max-usd', '9']);
  expect(posted).toEqual([[`${AT}/attempts`, { maxUsd: 9, reason: 'Measured by npm run eval.' }]]);
});

test('what Remit refuses is said, with the code for what was not measured', async () => {
  await expect(measuredBy([{}], [], { message: 'It runs just now.' })).rejects.toMatchObject({
    ...{ exitCode: 2, message: expect.stringContaining('It runs just now.') },
  });
});
