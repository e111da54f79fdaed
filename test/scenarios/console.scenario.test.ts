import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, DEPUTY, hotLead, WORKFLOW } from '../support/leads.ts';
import { PersonBrowser, wordsOf } from '../support/person-browser.ts';

/** Of another team. */
const STRANGER = 'finance-manager@remit.example';

let remit: Deployment;
let caseId: string;
beforeAll(async () => {
  remit = await startDeployment();
  ({ caseId } = await remit.trigger(WORKFLOW, hotLead('Cleo Console')));
  await remit.waitFor(caseId, ({ state }) => state === 'waiting');
}, 180_000);
afterAll(() => remit?.stop());

async function signedIn(email: string): Promise<PersonBrowser> {
  const browser = new PersonBrowser(remit.url);
  await browser.signIn(email);
  return browser;
}

describe('what the agents decided', () => {
  it('is shown to nobody who has not signed in, and the sign-in leads back to it', async () => {
    const browser = new PersonBrowser(remit.url);
    const response = await browser.send(`/cases/${caseId}`);
    expect(response.status).toBe(303);
    expect(await response.text()).not.toContain('Cleo');
  });

  it('is listed, newest first, each with how it stands', async () => {
    const browser = await signedIn(APPROVER);
    const all = await browser.open('/cases');
    expect(all.status).toBe(200);
    expect(wordsOf(all)).toContain('Cleo Console');
    expect(wordsOf(all)).toContain('Waits for a person');
    const closed = await browser.open(`/cases?workflow=${WORKFLOW}&state=closed`);
    expect(wordsOf(closed)).not.toContain('Cleo Console');
  });

  it('does not fail for a query that makes no sense', async () => {
    const browser = await signedIn(APPROVER);
    const made = [{}, [], 'x', { pk: 'case#1', sk: 'head', listPk: 'cases#payroll', listSk: '0' }].map((value) => {
      return `?workflow=${WORKFLOW}&after=${Buffer.from(JSON.stringify(value)).toString('base64url')}`;
    });
    for (const query of [
      ...made,
      '?state=sideways',
      '?workflow=none',
      `?workflow=${WORKFLOW}&after=nonsense`,
      '?after=x',
    ]) {
      const shown = await browser.open(`/cases${query}`);
      expect({ query, status: shown.status }).toEqual({ query, status: 200 });
      expect(wordsOf(shown)).toContain('Cleo Console');
    }
  });

  it('is told whole on the page of its case', async () => {
    const browser = await signedIn(DEPUTY);
    const shown = wordsOf(await browser.open(`/cases/${caseId}`));
    expect(shown).toContain('Cleo Console');
    expect(shown).toContain('Waits for a yes');
    expect(shown).toMatch(/\d entries, each linked to the one before by its hash; nothing was changed/);
  });

  it('is not there for another team, nor is a case that never was', async () => {
    const browser = await signedIn(STRANGER);
    expect((await browser.open(`/cases/${caseId}`)).status).toBe(404);
    expect((await browser.open(`/cases/${'0'.repeat(32)}`)).status).toBe(404);
    expect((await browser.open('/cases/none')).status).toBe(404);
    expect((await browser.open(`/workflows/${WORKFLOW}`)).status).toBe(404);
    expect(wordsOf(await browser.open('/cases'))).not.toContain('Cleo Console');
    expect(wordsOf(await browser.open('/workflows'))).not.toContain('Lead qualification');
  });
});

describe('a workflow', () => {
  it('is shown with its phases, figures and limits', async () => {
    const browser = await signedIn(APPROVER);
    expect(wordsOf(await browser.open('/workflows'))).toContain('Lead qualification');
    const shown = wordsOf(await browser.open(`/workflows/${WORKFLOW}`));
    expect(shown).toContain('partial');
    expect(shown).toContain('80 % confidence');
  });

  it('is switched off by anybody of its team with a reason, and on by its owner alone', async () => {
    const deputy = await signedIn(DEPUTY);
    const path = `/workflows/${WORKFLOW}`;
    const page = await deputy.open(path);
    const to = `${remit.url}${path}/switch`;
    const without = await deputy.submit(page, { state: 'off', reason: ' ' }, { to });
    expect(without.status).toBe(422);
    expect(wordsOf(without)).toContain('Please give a reason');
    const off = await deputy.submit(page, { state: 'off', reason: 'It writes to the wrong people.' }, { to });
    expect(wordsOf(off)).toContain('This workflow is switched off.');
    const settings = await remit.api(`/api/workflows/${WORKFLOW}/settings`, {}, APPROVER);
    expect(await settings.json()).toMatchObject({ paused: true });

    const refused = await deputy.submit(off, { state: 'on', reason: 'It is mended.' }, { to });
    expect(refused.status).toBe(403);
    const owner = await signedIn(APPROVER);
    const on = await owner.submit(await owner.open(path), { state: 'on', reason: 'It is mended.' }, { to });
    expect(wordsOf(on)).not.toContain('switched off.');
    const changes = wordsOf(await owner.open(/\/cases\/[0-9a-f]{32}/.exec(on.text)?.[0] ?? ''));
    expect(changes).toContain('It writes to the wrong people.');
    expect(changes).toContain('It is mended.');
  });

  it('is not switched by a form that is not ours', async () => {
    const browser = await signedIn(DEPUTY);
    const page = await browser.open(`/workflows/${WORKFLOW}`);
    const to = `${remit.url}/workflows/${WORKFLOW}/switch`;
    const typed = { state: 'off', reason: 'Mischief.' };
    expect((await browser.submit(page, typed, { to, origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await browser.submit(page, typed, { to, csrf: false })).status).toBe(403);
    expect(wordsOf(await browser.open(`/workflows/${WORKFLOW}`))).not.toContain('switched off.');
  });
});
