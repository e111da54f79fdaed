import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openBrowser, openSession } from '../support/browser-session.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { settingsIn } from '../support/lead-case.ts';
import { APPROVER, DEPUTY, hotLead, sampleLead, WORKFLOW } from '../support/leads.ts';
import { putSettings } from '../support/stored-settings.ts';

let remit: Deployment;
let browser: Browser;
beforeAll(async () => {
  remit = await startDeployment();
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await remit?.stop();
});

async function window(options: Parameters<typeof openSession>[1] = {}): Promise<Page> {
  const session = await openSession(browser, options);
  onTestFinished(() => session.close());
  return session.page;
}

/** On the page of the local sign-in. */
async function signIn(page: Page, email: string): Promise<void> {
  await page.waitForURL('**/oauth2/authorize**');
  await page.getByLabel('E-mail address').fill(email);
  await page.locator('form').last().getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function endSession(page: Page): Promise<void> {
  await page.context().clearCookies({ name: /session/ });
}

describe('somebody whose session ends while they type', () => {
  it.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ])('comes back to the question with their words, and answers it (%s)', async (_how, javaScriptEnabled) => {
    const { caseId } = await remit.trigger(WORKFLOW, hotLead(`Tessa Timeout-${javaScriptEnabled}`));
    const { requests } = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    const page = await window({ javaScriptEnabled });
    const path = `/inbox/${requests[0]?.id}`;
    await page.goto(`${remit.url}${path}`);
    await signIn(page, APPROVER);
    await page.waitForURL(`**${path}`);
    await page.getByText('Edit before approving').click();
    await page.getByLabel('Subject').fill('Tessa, shall we talk?');
    await page.getByLabel('Reason').fill('She asked for it.');
    await endSession(page);
    await page.getByRole('button', { name: 'Edit and approve' }).click();
    await signIn(page, APPROVER);
    await page.waitForURL(`**${path}`);
    expect(await page.getByLabel('Subject').inputValue()).toBe('Tessa, shall we talk?');
    expect(await page.getByLabel('Reason').inputValue()).toBe('She asked for it.');
    expect((await remit.waitFor(caseId, () => true)).requests[0]).toMatchObject({ state: 'open' });

    await page.getByRole('button', { name: 'Edit and approve' }).click();
    await page.getByText('Answered by').waitFor();
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed.requests[0]?.answer).toMatchObject({ verb: 'edit', by: APPROVER, channel: 'inbox' });
  });

  it('comes back to the overturning with their words and choices, and sends it', async () => {
    await putSettings(remit.url, settingsIn('full'));
    const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('warm-lead'), name: 'Ove Overturned' });
    await remit.waitFor(caseId, ({ state, requests }) => state === 'closed' && requests.length > 0);
    const page = await window();
    const path = `/cases/${caseId}/overturn`;
    await page.goto(`${remit.url}${path}`);
    await signIn(page, DEPUTY);
    await page.waitForURL(`**${path}`);
    await page.getByRole('checkbox', { name: /Take it back/ }).check();
    await page.locator('input[name="edit/tier"][value="cold"]').check();
    await page.locator('input[name="edit/score"]').fill('1');
    await page.getByLabel('As in the form; only put it on record').check();
    await page.getByLabel('Reason').fill('He only asked for a brochure.');
    await endSession(page);
    await page.getByRole('button', { name: 'Overturn the decision' }).click();
    await signIn(page, DEPUTY);
    await page.waitForURL(`**${path}`);
    expect(await page.getByRole('checkbox', { name: /Take it back/ }).isChecked()).toBe(true);
    expect(await page.locator('input[name="edit/score"]').inputValue()).toBe('1');
    expect(await page.getByLabel('Reason').inputValue()).toBe('He only asked for a brochure.');
    expect(await page.getByRole('alert').count()).toBe(0);

    await page.getByRole('button', { name: 'Overturn the decision' }).click();
    await page.waitForURL(`**/cases/${caseId}`);
    const overturned = await remit.waitFor(caseId, ({ outcome }) => outcome === 'overturned');
    expect(overturned).toMatchObject({ decision: { tier: 'cold', score: 1 }, decidedBy: DEPUTY });
  });

  it('leaves nothing behind where a foreign page sent the form, or the question is none', async () => {
    const { caseId } = await remit.trigger(WORKFLOW, hotLead('Fenja Foreign'));
    const { requests } = await remit.waitFor(caseId, ({ state }) => state !== 'open');
    const cookiesOf = async (path: string, site: string): Promise<readonly string[]> => {
      const response = await fetch(`${remit.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': site },
        body: 'reason=planted',
      });
      expect(response.status).toBe(200);
      expect(await response.text()).not.toContain('planted');
      return response.headers.getSetCookie().map((cookie) => cookie.split('=')[0] ?? '');
    };
    expect(await cookiesOf(`/inbox/${requests[0]?.id}`, 'same-origin')).toEqual(['remit-sign-in', 'remit-draft']);
    expect(await cookiesOf(`/inbox/${requests[0]?.id}`, 'cross-site')).toEqual(['remit-sign-in']);
    expect(await cookiesOf(`/inbox/${'0'.repeat(32)}`, 'same-origin')).toEqual(['remit-sign-in']);
    expect(await cookiesOf(`/cases/${'0'.repeat(32)}/overturn`, 'same-origin')).toEqual(['remit-sign-in']);
  });
});
