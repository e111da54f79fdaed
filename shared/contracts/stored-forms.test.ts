import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { aCase, anAction, aRequest } from '../../test/support/stored-examples.ts';
import { Action } from './action.ts';
import { Case } from './case.ts';
import { PersonRequest } from './request.ts';
import { Settings } from './settings.ts';

const HEAD = { ...aCase({ id: CASE_ID }), ledger: { seq: 1, hash: 'h' } };
const STORED: readonly [string, z.ZodType, Record<string, unknown>, readonly string[]][] = [
  ['a case', Case, HEAD, ['segment', 'phase', 'notes', 'requestedBy', 'causedBy']],
  ['an action', Action, anAction(CASE_ID), ['pinned', 'changes', 'amount', 'releasedBy', 'compensates']],
  [
    'a request',
    PersonRequest,
    aRequest(CASE_ID),
    ['quorum', 'votes', 'revision', 'proof', 'excluded', 'reasonFor', 'form', 'version', 'changes', 'earlier'],
  ],
  ['settings', Settings, HEAD.settings, ['segments', 'partialShare', 'caps', 'coolDownUntilMs']],
];

describe.each(STORED)('%s in the store', (_what, schema, stored, since) => {
  it('is read as it was written', () => {
    expect(schema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });

  it('that an earlier release wrote is read with what it could not know', () => {
    const earlier = Object.fromEntries(Object.entries(stored).filter(([name]) => !since.includes(name)));
    const read = schema.parse(JSON.parse(JSON.stringify(earlier))) as Record<string, unknown>;
    expect(read).toMatchObject(earlier);
    for (const name of since) expect(read).toHaveProperty(name);
  });

  it('that a later release wrote is read as far as this one knows it', () => {
    expect(schema.parse({ ...stored, somethingNew: true })).toEqual(stored);
  });
});

describe('a value that no release knows', () => {
  it.each<[string, z.ZodType, Record<string, unknown>, string]>([
    ['a state of an action', Action, { ...anAction(CASE_ID), state: 'half-done' }, 'state'],
    ['a kind of question', PersonRequest, { ...aRequest(CASE_ID), kind: 'guess' }, 'kind'],
    ['a phase', Settings, { ...HEAD.settings, phase: 'reckless' }, 'phase'],
    ['an outcome', Case, { ...HEAD, outcome: 'maybe' }, 'outcome'],
  ])('is refused by the name of its field: %s', (_what, schema, stored, field) => {
    const parsed = schema.safeParse(stored);
    expect(parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });
});
