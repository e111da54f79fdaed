import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { MemoryExecutions } from '../../test/support/memory-executions.ts';
import { aCase } from '../../test/support/stored-examples.ts';
import { CaseId, Json, Slug } from '../contracts/index.ts';
import { caseIdIn, executionNameOf, startAgain } from './start-again.ts';
import { CaseRun, type Resume } from './step-contracts.ts';

const failure = { step: 'execution', problem: 'States.Timeout' };
const resume = (kind: Resume['kind'], ref: string): Resume => ({ kind, ref, actionIds: [] });
const known = { ...aCase({ id: CASE_ID }), ledger: { seq: 3, hash: 'a'.repeat(64) } };
const REF = 'f'.repeat(32);

/** What stands behind the name of an execution when it asks about an action: the longest name, number and attempt. */
const LONGEST_QUESTION = `-${'a'.repeat(32)}-9999-10`;

describe('the name of an execution', () => {
  it.each<[Resume | null, boolean, RegExp]>([
    [null, false, /^[0-9a-f]{32}$/],
    [null, true, /-rescue$/],
    [resume('hand-back', '3'), false, /-h3$/],
    [resume('hand-back', '3'), true, /-h3r$/],
    [resume('take-back', REF), false, /-[\w-]{6}$/],
    [resume('take-back', REF), true, /-[\w-]{6}$/],
  ])('of %o after a failure: %s, leaves room for its questions, and tells its case', (given, hasFailed, pattern) => {
    const name = executionNameOf({ pinned: { caseId: CASE_ID }, resume: given, failure: hasFailed ? failure : null });
    expect(name).toMatch(pattern);
    expect(`${name}${LONGEST_QUESTION}`.length).toBeLessThanOrEqual(80);
    expect(`${name}-review-decision-999`.length).toBeLessThanOrEqual(80);
    expect(caseIdIn(name)).toBe(CASE_ID);
  });

  it('is another for each reason, and the same for the same', () => {
    const names = [
      executionNameOf({ pinned: { caseId: CASE_ID }, resume: null, failure: null }),
      executionNameOf({ pinned: { caseId: CASE_ID }, resume: null, failure }),
      ...['1', '2'].map((ref) =>
        executionNameOf({ pinned: { caseId: CASE_ID }, resume: resume('hand-back', ref), failure: null }),
      ),
      ...[REF, 'e'.repeat(32)].map((ref) =>
        executionNameOf({ pinned: { caseId: CASE_ID }, resume: resume('take-back', ref), failure: null }),
      ),
      executionNameOf({ pinned: { caseId: CASE_ID }, resume: resume('take-back', REF), failure }),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(executionNameOf({ pinned: { caseId: CASE_ID }, resume: resume('take-back', REF), failure: null })).toBe(
      names[4],
    );
  });
});

it('starting a case again starts it once, with nothing of its input', async () => {
  const executions = new MemoryExecutions();
  for (const _time of [1, 2]) await startAgain(executions, known, resume('take-back', REF));
  expect(executions.started.size).toBe(1);
  expect([...executions.like.values()]).toEqual([CASE_ID]);
  const [input = {}] = executions.started.values();
  expect(CaseRun.parse(input)).toEqual({
    pinned: { ...{ caseId: CASE_ID, workflow: known.workflow }, openedAtMs: known.openedAtMs, ...PINNED },
    ...{ cursor: known.ledger, round: known.round + 1, turns: [], failure: null, resume: resume('take-back', REF) },
  });
});

const PINNED = { told: 0, first: [], resumed: 'take-back' };

it('starting a case again tells a machine all that it asks for that was deployed when it opened its cases itself', async () => {
  const executions = new MemoryExecutions();
  await startAgain(executions, known, resume('take-back', REF));
  const [input] = executions.started.values();
  expect(EarlierStart.parse(input)).toMatchObject({ input: null, failure: null, resume: { kind: 'take-back' } });
});

/** As the first step of that machine reads it. */
const EarlierStart = z.object({
  ...{ caseId: CaseId, workflow: Slug, trigger: Slug, eventId: z.string(), receivedAt: z.string() },
  ...{ input: Json, problems: z.array(z.string()), causedBy: z.null() },
  failure: z.object({ step: z.string(), problem: z.string() }).nullable(),
  resume: z.object({
    ...{ kind: z.enum(['hand-back', 'take-back', 'carry-out']), ref: z.string(), actionIds: z.array(z.string()) },
    ...{ by: z.string(), because: z.string() },
  }),
});
