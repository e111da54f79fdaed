import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { scrollsSideways, seenText, textContrasts } from '../support/browser-looks.ts';
import { openBrowser, openSession, PHONE } from '../support/browser-session.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';

const DAY_S = 86_400;
/** Of so many, one is drawn. */
const CASES = 10;

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

it('finds out afterwards that a decision was wrong, on a phone and without JavaScript', async () => {
  // given
  for (let at = 0; at < CASES; at += 1) {
    const lead = { ...sampleLead('cold-lead'), email: `paolo+${at}@gelateriaricci.example` };
    const { caseId } = await remit.trigger(WORKFLOW, lead);
    await remit.waitFor(caseId, ({ state }) => state === 'closed');
  }
  await remit.advance(DAY_S);
  const { link, code, mail } = await remit.questionMail(APPROVER, 'Was this decision right for');
  expect(mail.subject).toContain('Was it right? Lead qualification');
  const session = await openSession(browser, { viewport: PHONE, javaScriptEnabled: false });
  onTestFinished(() => session.close());
  const { page } = session;
  // when
  await page.goto(link);
  const shown = await seenText(page.locator('main'));
  expect(shown).toContain('Nobody was asked about it at the time.');
  expect(shown).toContain('This looks back');
  expect(shown).toContain('Gelateria Ricci');
  expect(shown).toContain('What the agent decided');
  expect(await scrollsSideways(page)).toBe(false);
  expect((await textContrasts(page)).filter(({ ratio }) => ratio < 4.5)).toEqual([]);
  await page.getByText('Give the right decision').first().click();
  await page.locator('#edit').getByLabel('warm', { exact: true }).check();
  await page.getByLabel('Reason').fill('She asked for an offer.');
  await page.getByLabel('Code from the mail').fill(code);
  await page.getByRole('button', { name: 'Give the right decision' }).click();
  // then
  await page.getByText('Answered by').waitFor();
  expect(await scrollsSideways(page)).toBe(false);
  const settled = await seenText(page.locator('main'));
  expect(settled).toContain('Corrected');
  expect(settled).toContain('Overturn it?');
  const { spotChecks } = JSON.parse(await (await remit.api(`/api/workflows/${WORKFLOW}/autonomy`)).text());
  expect(spotChecks).toMatchObject({ cases: CASES, drawn: 1, checked: 1, wrong: 1, accuracy: { share: 0, lower: 0 } });
}, 180_000);
