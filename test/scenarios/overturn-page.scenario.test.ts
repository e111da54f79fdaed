import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { settingsIn } from '../support/lead-case.ts';
import { APPROVER, DEPUTY, sampleLead, WORKFLOW } from '../support/leads.ts';
import { PersonBrowser, type ShownPage, wordsOf } from '../support/person-browser.ts';
import { putSettings } from '../support/stored-settings.ts';

const NURTURE = 'add-to-nurture#1';
const REASON = 'She only asked for a brochure.';
/** Of another team. */
const STRANGER = 'finance-manager@remit.example';

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
  await putSettings(remit.url, settingsIn('full'));
}, 180_000);
afterAll(() => remit?.stop());

async function closedLead(name: string): Promise<CaseAnswer> {
  const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('warm-lead'), name });
  return remit.waitFor(caseId, ({ state, requests }) => state === 'closed' && requests.length > 0);
}

async function signedIn(email: string): Promise<PersonBrowser> {
  const browser = new PersonBrowser(remit.url);
  await browser.signIn(email);
  return browser;
}

/** What a browser sends of the decision where nobody changes it. */
function asShown({ text }: ShownPage): Record<string, string> {
  const radios = text.matchAll(/<input type="radio" form="answer" name="([^"]+)" value="([^"]*)" checked>/g);
  const typed = text.matchAll(/<input type="text"[^>]* form="answer" name="([^"]+)" value="([^"]*)"/g);
  const areas = text.matchAll(/<textarea form="answer" name="([^"]+)"[^>]*>\n([^<]*)</g);
  return Object.fromEntries([...radios, ...typed, ...areas].map(([, name = '', value = '']) => [name, value]));
}

const COLD = { 'edit/buyingIntent': 'none', 'edit/score': '1', 'edit/tier': 'cold' };

describe('somebody of the team says on a page that a decision was wrong', () => {
  it('sees what was done, takes it back, puts in the right decision, and that is carried out', async () => {
    const { caseId } = await closedLead('Olga Overturned');
    const browser = await signedIn(DEPUTY);
    const ofCase = await browser.open(`/cases/${caseId}`);
    expect(ofCase.text).toContain(`href="../cases/${caseId}/overturn"`);
    const page = await browser.open(`/cases/${caseId}/overturn`);
    expect(wordsOf(page)).toContain('Take it back:');
    expect(wordsOf(page)).toContain('Nothing is declared that takes back');

    const typed = { ...asShown(page), ...COLD, back: `${caseId}/${NURTURE}`, reason: REASON, right: 'carry-out' };
    // Pressed twice.
    const sent = [await browser.post(page, typed), await browser.post(page, typed)];
    expect(sent.map((one) => [one.status, one.headers.get('location')])).toEqual([
      [303, `${remit.url}/cases/${caseId}`],
      [303, `${remit.url}/cases/${caseId}`],
    ]);
    const overturned = await remit.waitFor(caseId, ({ state, actions }) => {
      return state === 'closed' && actions.some((action) => action.state === 'taken-back');
    });
    expect(overturned).toMatchObject({ outcome: 'overturned', decision: { tier: 'cold' }, decidedBy: DEPUTY });
    expect((await remit.effects(caseId)).map(({ connector }) => connector)).toEqual([
      ...['sandbox.crm-add-to-list', 'sandbox.crm-create-record'],
      ...['sandbox.crm-remove-from-list', 'sandbox.crm-add-to-list'],
    ]);
    const events = (overturned.ledger ?? []).map(({ event }) => event);
    expect(events.filter(({ type }) => type === 'decision-overturned')).toMatchObject([
      { by: DEPUTY, channel: 'page', proof: 'fresh-sign-in', reason: REASON, after: { tier: 'cold' }, carryOut: true },
    ]);
    expect(wordsOf(await browser.open(`/cases/${caseId}`))).toContain(REASON);
  });

  it('may only say so, and changes no more than that', async () => {
    const { caseId, decision } = await closedLead('Rita Recorded');
    const browser = await signedIn(APPROVER);
    const page = await browser.open(`/cases/${caseId}/overturn`);
    await browser.submit(page, { ...asShown(page), reason: REASON, right: 'none' });
    const overturned = await remit.waitFor(caseId, ({ outcome }) => outcome === 'overturned');
    expect(overturned).toMatchObject({ state: 'closed', decision });
    expect(await remit.effects(caseId)).toHaveLength(2);
  });

  it('is told what is missing or meant otherwise, and keeps what was typed', async () => {
    const { caseId } = await closedLead('Mia Missing');
    const browser = await signedIn(APPROVER);
    const page = await browser.open(`/cases/${caseId}/overturn`);
    const back = `${caseId}/${NURTURE}`;
    const refusals = [
      [{ ...asShown(page), ...COLD, back, reason: ' ', right: 'record' }, 'Reason: say why'],
      [{ ...asShown(page), ...COLD, back, reason: REASON }, 'What is right: choose one'],
      [{ ...asShown(page), ...COLD, back, reason: REASON, right: 'none' }, 'you changed the form'],
      [{ ...asShown(page), back, reason: REASON, right: 'record' }, 'still holds what was decided'],
      [{ ...asShown(page), 'edit/score': 'many', back, reason: REASON, right: 'record' }, 'is no whole number'],
      [
        { ...asShown(page), ...COLD, back: `${caseId}/none#1`, reason: REASON, right: 'record' },
        'was not done because',
      ],
    ] as const;
    for (const [typed, problem] of refusals) {
      const refused = await browser.submit(page, typed);
      expect({ problem, status: refused.status }).toEqual({ problem, status: 422 });
      expect(wordsOf(refused)).toContain(problem);
      if ('edit/tier' in typed) expect(asShown(refused)).toMatchObject({ 'edit/tier': typed['edit/tier'] });
      if (typed.back === back) expect(refused.text).toContain(`value="${back}" checked`);
      if (typed.reason === REASON) expect(wordsOf(refused)).toContain(REASON);
    }
    expect(await (await remit.api(`/api/cases/${caseId}`)).json()).toMatchObject({ outcome: 'done' });
  });

  it('is shown what changed where somebody was first, and sends it again', async () => {
    const { caseId } = await closedLead('Rosa Race');
    const [first, second] = [await signedIn(APPROVER), await signedIn(DEPUTY)];
    const page = await second.open(`/cases/${caseId}/overturn`);
    const early = await first.open(`/cases/${caseId}/overturn`);
    const given = { ...asShown(early), 'edit/score': '2', reason: 'Two at most.', right: 'record' };
    expect((await first.submit(early, given)).status).toBe(200);
    const typed = { ...asShown(page), ...COLD, reason: REASON, right: 'record' };
    const late = await second.submit(page, typed);
    expect(late.status).toBe(409);
    expect(wordsOf(late)).toContain('somebody was first');
    expect(asShown(late)).toMatchObject(COLD);
    expect((await (await remit.api(`/api/cases/${caseId}`)).json()) as CaseAnswer).toMatchObject({
      decision: { score: 2 },
    });
    const again = await second.submit(late, typed);
    expect(again.status).toBe(200);
    expect(await remit.waitFor(caseId, ({ decidedBy }) => decidedBy === DEPUTY)).toMatchObject({
      decision: { tier: 'cold', score: 1 },
    });
  });

  it('is nobody of another team, nobody who is not signed in, and no page that is not ours', async () => {
    const { caseId } = await closedLead('Nora Nobody');
    const path = `/cases/${caseId}/overturn`;
    const nobody = await new PersonBrowser(remit.url).send(path);
    expect(nobody.status).toBe(303);
    expect(await nobody.text()).not.toContain('Nora');
    expect(wordsOf(await new PersonBrowser(remit.url).signIn(DEPUTY, path))).toContain('What was done because of it');
    const stranger = await signedIn(STRANGER);
    expect((await stranger.open(path)).status).toBe(404);
    expect((await stranger.open(`/cases/${'0'.repeat(32)}/overturn`)).status).toBe(404);
    const browser = await signedIn(DEPUTY);
    const page = await browser.open(path);
    const typed = { ...asShown(page), reason: REASON, right: 'none' };
    expect((await browser.submit(page, typed, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await browser.submit(page, typed, { csrf: false })).status).toBe(403);
    const own = await stranger.open('/workflows');
    expect((await stranger.submit(own, typed, { to: `${remit.url}${path}` })).status).toBe(404);
    expect(await (await remit.api(`/api/cases/${caseId}`)).json()).toMatchObject({ outcome: 'done' });
  });
});
