import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { scrollsSideways, textContrasts } from '../support/browser-looks.ts';
import { DESK, openBrowser, openSession, PHONE } from '../support/browser-session.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, hotLead, WORKFLOW } from '../support/leads.ts';

let remit: Deployment;
let browser: Browser;
let caseId: string;
beforeAll(async () => {
  remit = await startDeployment();
  browser = await openBrowser();
  ({ caseId } = await remit.trigger(WORKFLOW, hotLead('Wilhelmina Vandenbroeck-Zimmermann of a very long name')));
  await remit.waitFor(caseId, ({ state }) => state === 'waiting');
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await remit?.stop();
});

async function signedIn(options: Parameters<typeof openSession>[1]) {
  const session = await openSession(browser, options);
  onTestFinished(() => session.close());
  const { page } = session;
  await page.goto(`${remit.url}/cases`);
  await page.waitForURL('**/oauth2/authorize**');
  await page.getByLabel('E-mail address').fill(APPROVER);
  await page.locator('form').last().getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/cases');
  return session;
}

async function expectReadable(page: Page): Promise<void> {
  expect(await scrollsSideways(page)).toBe(false);
  expect((await textContrasts(page))[0]?.ratio).toBeGreaterThanOrEqual(4.5);
}

describe('an owner', () => {
  it.each([
    ['a phone', { viewport: PHONE, colorScheme: 'light' }],
    ['a phone in the dark', { viewport: PHONE, colorScheme: 'dark' }],
    ['a desk without JavaScript', { viewport: DESK, javaScriptEnabled: false }],
  ] as const)('reads cases and workflows on %s', async (_where, options) => {
    const { page, errors } = await signedIn(options);
    await expectReadable(page);
    await page.getByRole('link', { name: /Wilhelmina/ }).click();
    await page.getByRole('heading', { name: 'The record' }).waitFor();
    await expectReadable(page);
    await page.getByRole('link', { name: 'Workflows' }).click();
    await page.getByRole('link', { name: 'Lead qualification' }).waitFor();
    await expectReadable(page);
    await page.getByRole('link', { name: 'Lead qualification' }).click();
    await page.getByRole('heading', { name: 'Its limits' }).waitFor();
    await expectReadable(page);
    expect(errors).toEqual([]);
  });

  it('stops a workflow from the phone, and starts it again', async () => {
    const { page } = await signedIn({ viewport: PHONE });
    await page.goto(`${remit.url}/workflows/${WORKFLOW}`);
    await page.getByText('Switch it off').click();
    await page.getByLabel('Reason').fill('It answers the wrong people.');
    await page.getByRole('button', { name: 'Switch off now' }).click();
    await page.getByText('This workflow is switched off.').waitFor();
    await expectReadable(page);
    await page.getByLabel('Reason').fill('Mended.');
    await page.getByRole('button', { name: 'Switch on' }).click();
    await page.getByText('Switch it off').waitFor();
  });
});
