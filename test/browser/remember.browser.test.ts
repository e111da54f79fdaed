import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { scrollsSideways, textContrasts } from '../support/browser-looks.ts';
import { DESK, openBrowser, openSession, PHONE } from '../support/browser-session.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';

const WARM = sampleLead('warm-lead');

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

async function expectReadable(page: Page): Promise<void> {
  expect(await scrollsSideways(page)).toBe(false);
  expect((await textContrasts(page))[0]?.ratio).toBeGreaterThanOrEqual(4.5);
}

/** A warm lead that a source knows, up to the question about the nurture sequence. */
async function question(): Promise<string> {
  const { caseId } = await remit.trigger(WORKFLOW, WARM);
  const asked = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  return asked.requests.find(({ kind }) => kind === 'approve-action')?.id ?? '';
}

describe('who said yes', () => {
  it.each([
    ['on a phone', PHONE, 'light'],
    ['at a desk', DESK, 'dark'],
  ] as const)('has it remembered, and takes it back, %s', async (_where, viewport, colorScheme) => {
    const id = await question();
    const session = await openSession(browser, { viewport, colorScheme });
    onTestFinished(() => session.close());
    const { page, errors } = session;
    await page.goto(`${remit.url}/inbox/${id}`);
    await page.waitForURL('**/oauth2/authorize**');
    await page.getByLabel('E-mail address').fill(APPROVER);
    await page.locator('form').last().getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.locator('button[name=verb][value=approve]').click();
    await page.getByRole('link', { name: 'Choose what is remembered' }).click();
    await page.getByRole('heading', { name: 'Which actions are alike' }).waitFor();
    await expectReadable(page);

    await page.getByLabel('How often').fill('often');
    await page.getByRole('button', { name: 'Show what it would let go' }).click();
    await page.getByText('Nothing is remembered yet').waitFor();
    await page.getByLabel('How often').fill('3');
    await page.getByRole('button', { name: 'Show what it would let go' }).click();
    await page.getByRole('heading', { name: 'What would be remembered' }).waitFor();
    await expectReadable(page);

    // Enter in a field is no yes.
    await page.getByLabel('For how many days').press('Enter');
    await page.getByRole('button', { name: 'Remember exactly this' }).click();
    await page.waitForURL('**/remembered/**');
    await page.getByText('0 of 3 times').waitFor();
    await expectReadable(page);

    await page.getByRole('link', { name: 'All that is remembered of this workflow' }).click();
    await page.getByRole('heading', { name: 'Remembered approvals' }).waitFor();
    await page.getByText('Take it back', { exact: true }).click();
    await expectReadable(page);
    await page.locator('form[action*="/remembered/"] textarea').fill('Too many of them.');
    await page.getByRole('button', { name: 'Take it back now' }).click();
    await page.getByRole('heading', { name: 'This yes is remembered no longer' }).waitFor();
    await page.getByText('Too many of them.').waitFor();
    expect(errors.map(({ text }) => text)).toEqual([expect.stringContaining('422')]);
  });
});
