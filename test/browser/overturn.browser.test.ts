import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { scrollsSideways, textContrasts } from '../support/browser-looks.ts';
import { openBrowser, openSession, PHONE } from '../support/browser-session.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { settingsIn } from '../support/lead-case.ts';
import { DEPUTY, sampleLead, WORKFLOW } from '../support/leads.ts';
import { putSettings } from '../support/stored-settings.ts';

const REASON = 'She only asked for a brochure.';

let remit: Deployment;
let browser: Browser;
beforeAll(async () => {
  remit = await startDeployment();
  await putSettings(remit.url, settingsIn('full'));
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

describe('somebody of the team, on a phone', () => {
  it.each(['light', 'dark'] as const)('overturns a decision that was wrong (%s)', async (colorScheme) => {
    const name = `Wilhelmina Vandenbroeck-Zimmermann of a very long name, ${colorScheme}`;
    const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('warm-lead'), name });
    await remit.waitFor(caseId, ({ state, requests }) => state === 'closed' && requests.length > 0);
    const session = await openSession(browser, { viewport: PHONE, colorScheme });
    onTestFinished(() => session.close());
    const { page, errors } = session;
    await page.goto(`${remit.url}/cases/${caseId}`);
    await page.waitForURL('**/oauth2/authorize**');
    await page.getByLabel('E-mail address').fill(DEPUTY);
    await page.locator('form').last().getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'This was wrong' }).click();
    await page.getByRole('heading', { name: 'What was done because of it' }).waitFor();
    await expectReadable(page);

    await page.getByRole('checkbox', { name: /Take it back/ }).check();
    await page.getByLabel('As in the form; only put it on record').check();
    await page.getByLabel('Reason').fill(REASON);
    await page.getByRole('button', { name: 'Overturn the decision' }).click();
    await page.getByText('Not overturned yet').first().waitFor();
    await expectReadable(page);
    expect(await page.getByRole('checkbox', { name: /Take it back/ }).isChecked()).toBe(true);
    expect(await page.getByLabel('Reason').inputValue()).toBe(REASON);

    await page.locator('input[name="edit/tier"][value="cold"]').check();
    await page.locator('input[name="edit/score"]').fill('1');
    await page.getByRole('button', { name: 'Overturn the decision' }).click();
    await page.waitForURL(`**/cases/${caseId}`);
    await page.getByText(REASON).first().waitFor();
    const overturned = await remit.waitFor(caseId, ({ actions }) =>
      actions.some(({ state }) => state === 'taken-back'),
    );
    expect(overturned).toMatchObject({
      outcome: 'overturned',
      decision: { tier: 'cold', score: 1 },
      decidedBy: DEPUTY,
    });
    expect(errors.map(({ text }) => text)).toEqual([expect.stringContaining('422')]);
  });
});
