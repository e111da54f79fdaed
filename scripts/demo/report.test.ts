import { expect, test } from 'vitest';
import type { CaseStory } from '../runtime/case-story.ts';
import { type Morning, morningReport } from './report.ts';

const door = (said: 'taken' | 'known' | 'refused' | 'let in') => ({
  arrival: { kind: 'webhook' as const, sample: { workflow: 'leads', file: 'a.json', text: '{}' } },
  said,
});

/** As far as the report looks at it. */
function story(changes: object): CaseStory {
  const decided = { seq: 2, atMs: 1_500, event: { type: 'decision-made' } };
  const turn = { seq: 1, atMs: 1_000, event: { type: 'turn-finished', turn: { status: 'answered', tier: 'learned' } } };
  return {
    ...{ workflow: 'leads', state: 'closed', personAsked: false, problems: [], actions: [], requests: [] },
    ...{ openedAtMs: 0, usage: { costUsd: 0.01 }, ledger: [turn, decided], eventId: 'e', causedBy: null },
    ...changes,
  } as unknown as CaseStory;
}

const morning: Morning = {
  workflows: [{ id: 'leads', title: 'Leads' }],
  doors: [door('taken'), door('taken'), door('known'), door('refused')],
  stories: [
    story({ actions: [{ state: 'done', title: 'Send the mail' }] }),
    story({
      ...{ state: 'waiting', personAsked: true, problems: ['no address'] },
      requests: [{ state: 'open', reasons: ['The trigger does not fit.', 'And more.'] }],
      ledger: [{ seq: 1, atMs: 10, event: { type: 'turn-finished', turn: { status: 'answered', tier: 'scripted' } } }],
    }),
  ],
  found: ['Twice: 12.00 EUR (2 lines)'],
  awsUsd: 0.0004,
};

test('says what was decided, done, asked and refused, and what it cost', () => {
  expect(morningReport(morning).join('\n')).toBe(`\
2 triggers became 2 cases of 1 workflows. All people, companies and data are made up.

workflow  cases  without a person  asked  actions done  not done
--------  -----  ----------------  -----  ------------  --------
Leads         2                 1      1             1         0

Done
    1  Send the mail

People are asked, first of all because
    1  The trigger does not fit.

Refused
    1  with a signature that is not of the sender: turned away
    1  came a second time: the case that they have already, and nothing done twice
    1  do not fit their workflow: a person is asked what to do

Found in the file of payments
  Twice: 12.00 EUR (2 lines)

Who decided
    1  cases with an answer of the learned model, which runs inside the function
    1  cases with written turns in place of a model: no key is configured, and no model was asked
  From the opening of a case to its decision: median 1.5 s, 95th percentile 1.5 s.

Cost
  0.0200 USD for models; 0.0004 USD would be the list price on AWS.
`);
});

test('says which case an answer by mail has found', () => {
  const causedBy = { caseId: 'b'.repeat(32), actionId: 'answer-tier-1#2' };
  const answer = story({ caseId: 'a'.repeat(32), eventId: 'reply/x/y', causedBy });
  expect(morningReport({ ...morning, stories: [...morning.stories, answer] })).toContain(
    '  case aaaaaaaa follows from answer-tier-1 of case bbbbbbbb',
  );
});

test('does not hide a forged one that was let in', () => {
  expect(morningReport({ ...morning, doors: [door('let in')] }).join('\n')).toContain('SHOULD NOT HAVE BEEN');
});
