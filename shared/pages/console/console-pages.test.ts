import { describe, expect, it } from 'vitest';
import type { Answer, CaseEvent, LedgerEntry } from '../../contracts/index.ts';
import { Case, LedgerEntry as Entry, Settings } from '../../contracts/index.ts';
import { markupOf } from '../html.ts';
import { attribute, elements, parsed, shownText } from '../read-markup.ts';
import { NO_PLACE } from '../request-view.ts';
import { action, request, sampleCase, sampleNowMs, turn, workflow } from '../sample-lead.ts';
import { type CaseView, renderCasePage } from './case-page.ts';
import { actionWords, caseWords } from './case-words.ts';
import { type CasesView, renderCasesPage } from './cases-page.ts';
import { switchSection } from './switch-section.ts';
import { renderWorkflowPage, type SegmentFigures, type WorkflowView } from './workflow-page.ts';
import { latestBar, renderWorkflowsPage } from './workflows-page.ts';

const PLACE = { ...NO_PLACE, signedInAs: 'ana@acme.example', formToken: 'token' };
const TIMES = { nowMs: sampleNowMs, timeZone: 'UTC' };
const ANSWER: Answer = {
  ...{ verb: 'reject', by: 'ruth@acme.example', proof: 'sign-in', channel: 'inbox', reason: 'We know them.' },
  ...{ atMs: sampleNowMs, edits: null, seen: '', onBehalfOf: 'ulf@acme.example', onPageMs: null },
};

const told = (seq: number, event: CaseEvent): LedgerEntry =>
  Entry.parse({
    caseId: sampleCase.id,
    seq,
    atMs: sampleNowMs,
    event,
    previousHash: '0'.repeat(64),
    hash: '1'.repeat(64),
  });

const CASE: CaseView = {
  ...{ place: PLACE, ...TIMES, sourceTitles: { 'crm-history': 'CRM history' }, isWithheld: false, chainProblem: null },
  mayOverturn: false,
  workflow: { ...workflow, id: 'lead-qualification', subject: 'Maria Lindqvist, Nordvind' },
  ...{ case: sampleCase, actions: [action], requests: [request] },
  ledger: [
    told(1, { type: 'turn-finished', round: 1, turn }),
    told(2, { type: 'action-intended', actionId: action.id, digest: action.digest, idempotencyKey: 'key' }),
  ],
};

const textOfCase = (changes: Partial<CaseView>): string =>
  shownText(parsed(renderCasePage({ ...CASE, ...changes }).body));
const linksIn = (body: string): (string | null)[] => elements(parsed(body), 'a').map((link) => attribute(link, 'href'));

describe('how a case stands', () => {
  it.each([
    [{ state: 'waiting' }, 'Waits for a person'],
    [{ state: 'open' }, 'Being worked on'],
    [{ state: 'closed', outcome: 'done', personAsked: true }, 'Done, a person was asked'],
    [{ state: 'closed', outcome: 'done', personAsked: false }, 'Done, nobody was asked'],
    [{ state: 'closed', outcome: 'expired' }, 'Not done: nobody answered'],
    [{ state: 'closed', outcome: 'overturned' }, 'Overturned'],
    [{ state: 'closed', outcome: 'done', erasedAtMs: 1 }, 'Erased'],
  ])('%o reads %s', (changes, words) => {
    expect(caseWords(Case.parse({ ...sampleCase, ...changes })).word).toBe(words);
  });

  it('tells what would be done in shadow from what is proposed', () => {
    expect(actionWords({ state: 'proposed', mode: 'review' }).word).toBe('Would be done');
    expect(actionWords({ state: 'proposed', mode: 'perform' }).word).toBe('Proposed');
  });
});

describe('the page of a case', () => {
  it('says what was decided, what follows, who is asked, and that the record is whole', () => {
    const text = textOfCase({});
    expect(text).toContain('Maria Lindqvist, Nordvind');
    expect(text).toContain('Waits for a yes');
    expect(text).toContain('Send Maria Lindqvist a mail that offers a meeting?');
    expect(text).toContain('2 entries, each linked to the one before by its hash; nothing was changed.');
  });

  it('calls actions by their titles in the record', () => {
    expect(textOfCase({})).toContain('Send a meeting mail is about to be performed');
  });

  it('leads to a question while it is open, and tells its answer afterwards', () => {
    expect(linksIn(renderCasePage(CASE).body)).toContain(`../inbox/${request.id}`);
    const answered = { ...CASE, requests: [{ ...request, state: 'answered' as const, answer: ANSWER }] };
    expect(linksIn(renderCasePage(answered).body)).not.toContain(`../inbox/${request.id}`);
    expect(textOfCase(answered)).toContain('ruth@acme.example for ulf@acme.example said no');
    expect(textOfCase(answered)).toContain('“We know them.”');
  });

  it('says it loudly where the record does not hold', () => {
    const text = textOfCase({ chainProblem: 'entry 2 was changed' });
    expect(text).toContain('This record was changed or is not whole: entry 2 was changed.');
    expect(text).not.toContain('nothing was changed');
  });

  it('shows nothing of a decision that somebody still reviews on their own', () => {
    const text = textOfCase({ isWithheld: true, actions: [action], ledger: CASE.ledger });
    expect(text).toContain('Somebody still reviews this case on their own.');
    expect(text).not.toContain('Send a meeting mail');
    expect(text).not.toContain('A buyer with a date');
  });

  it('leads whoever may to where it is overturned', () => {
    const to = `../cases/${sampleCase.id}/overturn`;
    expect(linksIn(renderCasePage({ ...CASE, mayOverturn: true }).body)).toContain(to);
    expect(linksIn(renderCasePage(CASE).body)).not.toContain(to);
    expect(linksIn(renderCasePage({ ...CASE, mayOverturn: true, isWithheld: true }).body)).not.toContain(to);
  });

  it('is called by its id where nothing else tells it apart', () => {
    expect(textOfCase({ workflow: { ...CASE.workflow, subject: '' } })).toContain('Case 9f2c1ab0');
  });
});

describe('the list of cases', () => {
  const VIEW: CasesView = {
    ...{ place: { ...PLACE, root: '.' }, ...TIMES, workflows: [{ id: 'leads', title: 'Leads' }] },
    ...{ chosen: { workflow: '', state: '' }, next: null },
    cases: [{ case: sampleCase, subject: 'Maria Lindqvist', workflow: 'Leads' }],
  };

  it('links each case and says how it stands', () => {
    const { body } = renderCasesPage(VIEW);
    expect(linksIn(body)).toContain(`./cases/${sampleCase.id}`);
    expect(shownText(parsed(body))).toContain('Waits for a person');
  });

  it('goes on where there are older ones of one workflow', () => {
    const { body } = renderCasesPage({ ...VIEW, chosen: { workflow: 'leads', state: 'closed' }, next: 'abc=' });
    expect(linksIn(body)).toContain('./cases?workflow=leads&state=closed&after=abc%3D');
  });

  it('says why it is empty', () => {
    const of = (changes: Partial<CasesView>): string =>
      shownText(parsed(renderCasesPage({ ...VIEW, cases: [], ...changes }).body));
    expect(of({})).toContain('There is none yet.');
    expect(of({ chosen: { workflow: 'leads', state: '' } })).toContain('There is none like that.');
    expect(of({ workflows: [] })).toContain('No workflow names you.');
  });
});

const NO_SHARE = { agreed: 0, of: 0, lower: 0, upper: 1 };
const SEGMENT: SegmentFigures = {
  ...{ segment: 'small', title: 'Under 100 EUR', phase: 'partial', setPhase: 'full', coolDownUntilMs: null },
  agreement: { sure: { agreed: 48, of: 50, lower: 0.8654, upper: 0.989 }, asked: NO_SHARE, edited: 1 },
  ...{ failed: { failed: 0, of: 50 }, missed: ['48 of the 60 decisions that it takes.'] },
  against: { decisions: 2, of: 50, allowed: 5 },
  disagreements: [{ caseId: sampleCase.id, fields: ['*'], by: 'ruth@acme.example', reason: 'Wrong one.' }],
  spotChecks: { cases: 40, drawn: 4, checked: 3, wrong: 1, accuracy: { share: 0.9, lower: 0.7, upper: 0.99 } },
  proposal: { to: 'full', requestId: request.id },
};

const WORKFLOW: WorkflowView = {
  ...{ place: PLACE, ...TIMES, id: 'leads', title: 'Leads', summary: 'Scores leads.', team: 'Sales' },
  ...{ owner: 'ana@acme.example', isAllPaused: false, membership: 'owner', ledgerCaseId: sampleCase.id },
  settings: Settings.parse({ workflow: 'leads', revision: 2, phase: 'partial', paused: false, minimumConfidence: 0.8 }),
  latest: { cases: 50, alone: 30, withPeople: 15, open: 5, costUsd: 0.0123 },
  ...{ gates: { agreement: 0.95, minimumDecisions: 60, errors: 0.05 }, segments: [SEGMENT] },
  reviewers: [
    {
      person: 'ruth@acme.example',
      answers: 12,
      medianTookMs: 61_000,
      agreement: NO_SHARE,
      warnings: ['Answers fast.'],
    },
  ],
  ...{ remembered: [], evaluations: [] },
};

const textOfWorkflow = (changes: Partial<WorkflowView>): string =>
  shownText(parsed(renderWorkflowPage({ ...WORKFLOW, ...changes }).body));

describe('the page of a workflow', () => {
  it('lists approvals that are remembered, each to be taken back by whom that is for', () => {
    const one = {
      ...{ id: `leads.${'1'.repeat(32)}`, sentence: 'It goes ahead.', author: 'ana@acme.example', createdAtMs: 0 },
      ...{ expiresAtMs: 1, uses: 1, maximumUses: 3, from: { caseId: sampleCase.id }, mayRevoke: true },
    };
    const ofOne = (mayRevoke: boolean) => renderWorkflowPage({ ...WORKFLOW, remembered: [{ ...one, mayRevoke }] }).body;
    expect(shownText(parsed(ofOne(true)))).toContain('It goes ahead.');
    expect(shownText(parsed(ofOne(true)))).toContain('1 of 3 times');
    expect([ofOne(true), ofOne(false)].map((body) => body.includes(`action="../remembered/${one.id}"`))).toEqual([
      ...[true, false],
    ]);
    expect(textOfWorkflow({})).not.toContain('Remembered approvals');
  });

  it('shows each kind of case with its phase and the figures behind it', () => {
    const text = textOfWorkflow({});
    for (const words of [
      ...['Of the newest 50 cases: 30 without a person, 15 with one, 5 not closed; models cost 0.0123 USD.'],
      ...['48 of 50 (86.5 to 98.9 %)', '2 of the latest 50 decisions; it steps back above 5', '90 % of 40, estimated'],
      ...['full, under another version', '48 of the 60 decisions that it takes.', 'Answers fast.'],
    ]) {
      expect(text).toContain(words);
    }
    const links = linksIn(renderWorkflowPage(WORKFLOW).body);
    expect(links).toEqual(expect.arrayContaining([`../inbox/${request.id}`, `../cases/${sampleCase.id}`]));
  });

  it('says that it is switched off, and whether all are', () => {
    const off = { settings: { ...WORKFLOW.settings, paused: true } };
    expect(textOfWorkflow(off)).toContain('This workflow is switched off.');
    expect(textOfWorkflow({ ...off, isAllPaused: true })).toContain('All workflows are switched off.');
  });
});

describe('the switch', () => {
  const shown = (changes: object): string => {
    const section = switchSection({
      ...{ id: 'leads', place: PLACE, isOff: false, isAllOff: false },
      membership: 'approver',
      ...changes,
    });
    return section === null ? '' : markupOf(section);
  };

  it('lets everybody of the team switch off, and the owner alone switch on', () => {
    expect(shown({})).toContain('value="off"');
    expect(shown({ isOff: true })).toBe('');
    expect(shown({ isOff: true, membership: 'owner' })).toContain('value="on"');
  });

  it('is not shown to others, nor where everything is off', () => {
    expect(shown({ membership: null })).toBe('');
    expect(shown({ isAllOff: true, membership: 'owner' })).toBe('');
  });
});

describe('the list of workflows', () => {
  const CARD = { ...{ id: 'leads', title: 'Leads', summary: 'Scores leads.', team: 'Sales', paused: true } };

  it('says of each how it stands', () => {
    const card = { ...CARD, phases: [{ title: 'All cases', phase: 'shadow' as const }], latest: WORKFLOW.latest };
    const { body } = renderWorkflowsPage([card], { ...PLACE, root: '.' });
    expect(shownText(parsed(body))).toContain('switched off');
    expect(linksIn(body)).toContain('./workflows/leads');
  });

  it('draws a bar as long as there are cases', () => {
    expect(markupOf(latestBar({ cases: 4, alone: 1, withPeople: 1, open: 2, costUsd: 0 }))).toContain(
      'x="50.00" width="50.00"',
    );
    expect(markupOf(latestBar({ cases: 0, alone: 0, withPeople: 0, open: 0, costUsd: 0 }))).toContain('No case yet.');
  });
});
