import { afterAll, beforeAll, expect, it } from 'vitest';
import { ALL_WORKFLOWS } from '../../shared/contracts/index.ts';
import { changeSettings } from '../support/change-settings.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { settingsIn } from '../support/lead-case.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';

/** What the switch may take to stop the last call. */
const LONGEST_MS = 5_000;

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

const on = settingsIn('partial');
const off = { ...on, paused: true };

/** Cold leads are carried out without a person. */
const trigger = (name: string) => remit.trigger(WORKFLOW, { ...sampleLead('cold-lead'), name });
const settled = (caseId: string): Promise<CaseAnswer> => remit.waitFor(caseId, ({ state }) => state !== 'open');
const begunAtMs = ({ ledger = [] }: CaseAnswer): number[] =>
  ledger.flatMap((entry) => (entry.event.type === 'action-intended' ? [atMsOf(entry)] : []));

it.each([
  ['one workflow', off, on],
  ['all workflows', { ...off, workflow: ALL_WORKFLOWS }, { ...on, workflow: ALL_WORKFLOWS }],
])(
  'the switch for %s stops all effects at once, with cases in flight, and leaves people their work',
  { timeout: 120_000 },
  async (what, offNow, onAgain) => {
    // given: cases in flight, some of them done
    const inFlight = await Promise.all(Array.from({ length: 6 }, (_, index) => trigger(`${what} ${index} Flight`)));
    const [first] = inFlight;
    await remit.waitFor(first?.caseId ?? '', ({ ledger }) => isDone(ledger));

    // when
    await changeSettings(remit, offNow);
    const offAtMs = remit.runtime.clock.now();
    const late = await trigger(`${what} Late`);

    // then: whatever is not done is with a person, and no call began after the switch
    const cases = await Promise.all([...inFlight, late].map(({ caseId }) => settled(caseId)));
    const begun = cases.flatMap(begunAtMs);
    expect(begun.filter((atMs) => atMs > offAtMs + LONGEST_MS)).toEqual([]);
    expect(begun.filter((atMs) => atMs > offAtMs)).toEqual([]);
    const done = cases.filter(({ state }) => state === 'closed');
    const waiting = cases.filter(({ state }) => state === 'waiting');
    expect(done.length).toBeGreaterThan(0);
    expect(waiting.length).toBeGreaterThan(0);
    for (const one of waiting) expect(await remit.effects(one.caseId)).toEqual([]);

    // and: people go on by hand, and no yes carries anything out
    const byAction = waiting.find(({ requests }) => requests.some(({ kind }) => kind === 'approve-action'));
    const [byHand] = waiting.filter((one) => one !== byAction);
    expect(await verb(byHand, 'take-over')).toBe(200);
    const left = await remit.waitFor(byHand?.caseId ?? '', ({ state }) => state === 'closed');
    expect(left.outcome).toBe('left-to-person');
    if (byAction !== undefined) expect(await verb(byAction, 'approve')).toBe(400);

    // when it is on again, what waits resumes
    await changeSettings(remit, onAgain);
    for (const one of waiting.filter((other) => other !== byHand)) {
      expect(await verb(one, 'approve')).toBe(200);
      const closed = await remit.waitFor(one.caseId, ({ state }) => state === 'closed');
      expect(closed.outcome).toBe('done');
      expect(await remit.effects(one.caseId)).toHaveLength(1);
    }
    const next = await trigger(`${what} Next`);
    expect((await remit.waitFor(next.caseId, ({ state }) => state === 'closed')).outcome).toBe('done');
    expect(await remit.mails(APPROVER)).not.toEqual([]);
  },
);

async function verb(one: CaseAnswer | undefined, word: 'approve' | 'take-over'): Promise<number> {
  const request = one?.requests.find(({ state }) => state === 'open');
  const body = JSON.stringify({ verb: word, digest: request?.digest, reason: word === 'approve' ? '' : 'By hand.' });
  return (await remit.api(`/api/requests/${request?.id}/answer`, { method: 'POST', body })).status;
}

function isDone(ledger: CaseAnswer['ledger'] = []): boolean {
  return ledger.some(({ event }) => event.type === 'action-done');
}

function atMsOf(entry: object): number {
  return 'atMs' in entry ? Number(entry.atMs) : Number.NaN;
}
