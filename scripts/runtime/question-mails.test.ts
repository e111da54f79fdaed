import { afterEach, expect, test } from 'vitest';
import { PersonRequest } from '../../shared/contracts/index.ts';
import { findCaseOfEvent } from './find-case.ts';
import { questionLinks } from './question-mails.ts';
import { type FakeRuntime, runtimeThat } from './testing/runtime-that.ts';

const ASKED_AT = 1_000;
let running: FakeRuntime | null = null;
afterEach(() => running?.stop());

test('waits for the mails of the requests and gives their links, oldest first', async () => {
  let polls = 0;
  running = await runtimeThat(() => {
    polls += 1;
    const mails = [
      mail(1_020, 'second'),
      mail(1_010, 'first'),
      mail(900, 'of-an-older-case'),
      mail(1_030, 'x', 'b@b.example'),
    ];
    return { status: 200, body: polls < 3 ? [] : mails };
  });
  expect(await questionLinks(running.runtime, [request(), request()])).toEqual([
    'http://x/r/first',
    'http://x/r/second',
  ]);
});

test('gives none where it cannot tell which mail asks which request', async () => {
  running = await runtimeThat(() => ({ status: 200, body: [mail(1_020, 'second'), mail(1_010, 'first')] }));
  expect(await questionLinks(running.runtime, [request()])).toEqual([]);
});

test('finds the case of an event once it is there', async () => {
  let lists = 0;
  const caseId = '0123456789abcdef0123456789abcdef';
  running = await runtimeThat((path) => {
    if (path === '/_local/token') return { status: 200, body: { token: 't' } };
    lists += 1;
    const items = [{ caseId: 'f'.repeat(32), eventId: 'other' }, ...(lists < 2 ? [] : [{ caseId, eventId: 'e1' }])];
    return { status: 200, body: { items, cursor: null } };
  });
  expect(await findCaseOfEvent(running.runtime, 'e1')).toBe(caseId);
});

test('passes on why the cases cannot be read', async () => {
  running = await runtimeThat((path) =>
    path === '/_local/token'
      ? { status: 200, body: { token: 't' } }
      : { status: 403, body: { message: 'not an operator' } },
  );
  await expect(findCaseOfEvent(running.runtime, 'e1')).rejects.toThrow('could not be read: not an operator');
});

function mail(atMs: number, code: string, to = 'a@a.example') {
  return { atMs, to: [to], links: ['http://x/help', `http://x/r/${code}`] };
}

function request(): PersonRequest {
  return PersonRequest.parse({
    id: 'a'.repeat(32),
    caseId: 'b'.repeat(32),
    workflow: 'lead',
    kind: 'decide-case',
    actionId: null,
    question: 'What now?',
    reasons: [],
    draft: {},
    digest: 'd',
    verbs: ['respond'],
    people: ['a@a.example'],
    nextPeople: [],
    openedAtMs: ASKED_AT,
    remindAtMs: ASKED_AT,
    deadlineMs: ASKED_AT,
    state: 'open',
    reminded: false,
    answer: null,
  });
}
