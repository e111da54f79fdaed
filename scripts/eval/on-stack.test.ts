import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { resultThat, wrongAlone } from '../../evals/testing/results.ts';
import { evaluationRun } from '../../test/support/evaluation-contract.ts';
import { type Answer, runtimeThat } from '../runtime/testing/runtime-that.ts';
import { evaluateOnStack, recordOnStack } from './on-stack.ts';
import { evalOptions } from './options.ts';

const RUN = evaluationRun();
const AT = `/api/evaluations/${RUN.id}`;
const REPORT = { format: 'remit evaluation 1', cases: [resultThat()] };

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'remit-on-stack-'));
});
afterEach(() => rmSync(out, { recursive: true }));

interface Told {
  /** How it stands at one look after the other; the last one stays. */
  readonly looks?: readonly object[];
  readonly args?: readonly string[];
  readonly token?: string;
  /** Answers first; null for what is left to the rest. */
  readonly says?: (path: string, body: string, authorization: string) => ReturnType<Answer> | null;
}

/** What became of it with a running Remit that answers so. */
async function measured({ looks = [ended('measured')], args = [], token, says = () => null }: Told = {}) {
  const posted: unknown[] = [];
  const waiting = [...looks];
  const answer: Answer = (path, body, { headers }) => {
    const said = says(path, body, headers.authorization ?? '');
    if (said !== null) return said;
    if (path === '/_local/token') return { status: 200, body: { token: 't' } };
    if (path.endsWith('?as=report')) return { status: 200, body: REPORT };
    if (path.endsWith('?as=page')) return { status: 200, body: 'the page' };
    if (path === AT) {
      const seen = waiting.length > 1 ? waiting.shift() : waiting[0];
      return { status: 200, body: { ...RUN, progress: { done: 25, left: 0 }, ...seen } };
    }
    posted.push([path, JSON.parse(body)]);
    return { status: 202, body: { evaluationId: RUN.id, attempt: 1, examples: 640 } };
  };
  const { runtime, stop } = await runtimeThat(answer, token ?? null);
  try {
    const wanted = evalOptions([leadQualification.id, '--on-stack', '--out', out, ...args]);
    const found = await evaluateOnStack(leadQualification, wanted, { runtime, lookEveryMs: 1 });
    return { found, posted, wanted };
  } finally {
    await stop();
  }
}

const ended = (state: string, problem: string | null = null) => ({
  state,
  outcome: { state, passes: false, problem, figures: null, endedAtMs: 2_000 },
});
const refusal = (message: string) => ({ exitCode: 2, message: expect.stringContaining(message) });
const posts = (status: number, body: unknown) => (_path: string, sent: string) =>
  sent.includes('maxUsd') ? { status, body } : null;

test('it is begun with what is wanted and the digest of the set here, waited for, and fetched', async () => {
  const args = ['--models', 'learned,fast', '--max-usd', '2', '--limit', '50'];
  const { found, posted } = await measured({ looks: [{}, {}, ended('measured')], args });
  expect(posted).toEqual([
    [
      '/api/evaluations',
      {
        ...{ workflow: leadQualification.id, set: 'examples', models: ['learned', 'fast'], limit: 50, maxUsd: 2 },
        ...{ volume: 1_000, setDigest: expect.stringMatching(/^[0-9a-f]{16}$/), reason: 'Measured by npm run eval.' },
      },
    ],
  ]);
  expect(found).toMatchObject({ address: AT, page: 'the page', earlier: null });
  expect(found.report.cases.map(({ id }) => id)).toEqual(['a']);
  expect(JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8'))).toMatchObject({ evaluationId: RUN.id });
});

test('a set that is on the stack alone is named by its file, and nothing is said of its digest', async () => {
  const { posted } = await measured({ args: ['--set', 'agents/x/sets/hard-cases.jsonl'] });
  expect(posted).toMatchObject([['/api/evaluations', { set: 'hard-cases', setDigest: null }]]);
});

test('what ended without figures is not measured, with the reason', async () => {
  const looks = [{}, ended('not-measured', 'Too many slices failed.')];
  await expect(measured({ looks })).rejects.toMatchObject(refusal('Too many slices failed. --resume goes on'));
  expect(existsSync(join(out, 'report.json'))).toBe(false);
});

describe('going on', () => {
  test('needs an evaluation in the folder', async () => {
    await expect(measured({ args: ['--resume'] })).rejects.toMatchObject(refusal('no evaluation to go on with'));
  });

  test('begins another attempt where it broke off, with the money that is given', async () => {
    await measured();
    const looks = [ended('not-measured', 'It broke off.'), {}, ended('measured')];
    const { posted } = await measured({ looks, args: ['--resume', '--max-usd', '9'] });
    expect(posted).toEqual([[`${AT}/attempts`, { maxUsd: 9, reason: 'Measured by npm run eval.' }]]);
  });

  test('follows one that runs still, and fetches one that is whole: nothing is run again', async () => {
    await measured();
    expect((await measured({ looks: [{}, {}, ended('measured')], args: ['--resume'] })).posted).toEqual([]);
    expect((await measured({ args: ['--resume'] })).posted).toEqual([]);
  });

  test('of one whose money was spent begins another attempt', async () => {
    await measured();
    const spent = { ...ended('measured'), progress: { done: 20, left: 5 } };
    expect((await measured({ looks: [spent, ended('measured')], args: ['--resume'] })).posted).toHaveLength(1);
  });

  test('of one that is gone says so', async () => {
    await measured();
    const says = (path: string) =>
      path === AT ? { status: 404, body: { message: `There is no evaluation ${RUN.id}.` } } : null;
    await expect(measured({ args: ['--resume'], says })).rejects.toMatchObject(refusal('not any more'));
  });
});

describe('what is in the way is said in a sentence, with the code for what was not measured:', () => {
  const token = `e30.${Buffer.from(JSON.stringify({ exp: 4_000_000_000 })).toString('base64url')}.s`;
  const old = `e30.${Buffer.from(JSON.stringify({ exp: 1 })).toString('base64url')}.s`;
  test.each<[string, Told, string]>([
    ['a run of the same', { says: posts(409, { message: 'The same is measured just now.' }) }, 'measured just now'],
    ['other examples', { says: posts(409, { message: 'deployed with other examples' }) }, 'other examples'],
    [
      'somebody who may not',
      { token, says: posts(403, { message: 'Only the team.' }) },
      'not permitted to do this: Only',
    ],
    ['nobody who is known', { token, says: posts(401, { message: 'Unauthorized' }) }, 'does not take your sign-in'],
    ['a sign-in that is over', { token: old, says: posts(401, { message: 'Unauthorized' }) }, 'has expired at 1970'],
    ['a stack without evaluations', { says: posts(404, { message: 'Not Found' }) }, 'older than this checkout'],
    [
      'a stack that takes no digest',
      { says: posts(400, { message: 'unknown: setDigest' }) },
      'older than this checkout',
    ],
    [
      'a report of another form',
      {
        says: (path) => (path.endsWith('?as=report') ? { status: 200, body: { format: 'remit evaluation 0' } } : null),
      },
      'older than this checkout',
    ],
    [
      'a report that was changed',
      { says: (path) => (path.endsWith('?as=report') ? { status: 409, body: { message: 'was changed' } } : null) },
      'was changed',
    ],
  ])('%s', async (_what, told, problem) => {
    await expect(measured(told)).rejects.toMatchObject(refusal(problem));
  });

  test('a sign-in that ends while it runs: it goes on there, and can be followed', async () => {
    let looks = 0;
    const says = (path: string) => {
      if (path !== AT) return null;
      looks += 1;
      return looks > 1 ? { status: 401, body: {} } : null;
    };
    await expect(measured({ looks: [{}], token, says })).rejects.toMatchObject(
      refusal(`Evaluation ${RUN.id} goes on there; --resume follows it.`),
    );
  });

  test('nobody at the address of a deployment', async () => {
    const { runtime, stop } = await runtimeThat(() => ({ status: 200, body: {} }), token);
    await stop();
    const wanted = evalOptions([leadQualification.id, '--on-stack', '--out', out]);
    await expect(evaluateOnStack(leadQualification, wanted, { runtime })).rejects.toMatchObject(
      refusal('Nothing answers'),
    );
  });
});

test('at a deployment whoever the token is of asks, and nothing of this machine is asked for', async () => {
  const seen: string[] = [];
  const says = (path: string, _body: string, authorization: string) => {
    seen.push(authorization);
    if (path.startsWith('/_local')) throw new Error('a deployment has no such door');
    return null;
  };
  await measured({ token: 'x.y.z', says });
  expect(new Set(seen)).toEqual(new Set(['Bearer x.y.z']));
});

describe('held against', () => {
  const earlier = { format: 'remit evaluation 1', gates: [], cases: [wrongAlone()] };
  const measuredOf = (workflow: string) => ({
    ...evaluationRun({ versions: { workflow, code: 'c' } }),
    ...ended('measured'),
  });
  const [newer, older] = [measuredOf('aaa1'), measuredOf('bbb2')];
  const says = (path: string) => {
    if (path.startsWith('/api/evaluations?workflow=')) return { status: 200, body: { items: [newer, older] } };
    return path === `/api/evaluations/${older.id}?as=report` ? { status: 200, body: earlier } : null;
  };

  test('a version or an evaluation there: its report', async () => {
    for (const against of ['bbb', older.id]) {
      const { found } = await measured({ args: ['--against', against], says });
      expect(found.earlier?.cases.map(({ isRight }) => isRight)).toEqual([false]);
    }
  });

  test('a report here', async () => {
    const file = join(out, 'before.json');
    writeFileSync(file, JSON.stringify(earlier));
    expect((await measured({ args: ['--against', file] })).found.earlier?.cases).toHaveLength(1);
  });

  test('what is neither is told before anything is begun, with what there is', async () => {
    const refused = measured({ args: ['--against', 'ccc'], says });
    await expect(refused).rejects.toMatchObject(refusal('these were: aaa1, bbb2'));
    expect(existsSync(join(out, 'evaluation.json'))).toBe(false);
  });
});

test('the stack puts its own figures on record: nothing is sent but a reason', async () => {
  const sent: unknown[] = [];
  const { runtime, stop } = await runtimeThat((path, body) => {
    if (path === '/_local/token') return { status: 200, body: { token: 't' } };
    sent.push([path, JSON.parse(body)]);
    return { status: 200, body: { segments: ['all'], reportDigest: 'd' } };
  });
  const wanted = evalOptions([leadQualification.id, '--on-stack', '--record']);
  expect(await recordOnStack(leadQualification, AT, wanted, { runtime })).toEqual({
    segments: ['all'],
    reportDigest: 'd',
  });
  expect(sent).toEqual([[`${AT}/evidence`, { reason: 'Measured by npm run eval.' }]]);
  await stop();
});
