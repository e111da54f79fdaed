import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { groundLuminance, scrollsSideways, seenText, textContrasts } from '../support/browser-looks.ts';
import { DESK, openBrowser, openSession, PHONE } from '../support/browser-session.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { endedEvaluation, startEvaluation } from '../support/evaluations.ts';

const WORKFLOW = 'onboarding-steps';
const OWNER = 'people-lead@remit.example';
const STRANGER = 'finance-manager@remit.example';

/** What helps first stands before how it was measured. */
const HEADINGS = [
  'How sure, how right',
  'What to work on',
  'The worst: sure, alone and wrong',
  'Where it is strong and weak',
  'What is taken for what',
  'How it was measured',
];

let remit: Deployment;
let browser: Browser;
let path: string;
beforeAll(async () => {
  remit = await startDeployment();
  browser = await openBrowser();
  const { evaluationId } = await startEvaluation(remit, { workflow: WORKFLOW }, OWNER);
  const { state } = await endedEvaluation(remit, evaluationId, OWNER);
  if (state !== 'measured') throw new Error(`The evaluation ended as ${state}.`);
  path = `/evaluations/${evaluationId}`;
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await remit?.stop();
});

async function openedReport(email: string, options: Parameters<typeof openSession>[1] = {}) {
  const session = await openSession(browser, options);
  onTestFinished(() => session.close());
  const { page } = session;
  await page.goto(`${remit.url}${path}`);
  await page.waitForURL('**/oauth2/authorize**');
  await page.getByLabel('E-mail address').fill(email);
  await page.locator('form').last().getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`**${path}`);
  return session;
}

describe('the report of an evaluation', () => {
  it.each([
    ['a phone', { viewport: PHONE, colorScheme: 'light' }],
    ['a phone in the dark, without JavaScript', { viewport: PHONE, colorScheme: 'dark', javaScriptEnabled: false }],
    ['a desk', { viewport: DESK, colorScheme: 'light' }],
    ['a desk in the dark, without JavaScript', { viewport: DESK, colorScheme: 'dark', javaScriptEnabled: false }],
  ] as const)('can be read on %s: first whether it passes, then why', async (_where, options) => {
    const { page, errors, requests } = await openedReport(OWNER, options);
    const ground = await groundLuminance(page);
    expect(options.colorScheme === 'dark' ? ground < 0.05 : ground > 0.8).toBe(true);
    expect(await scrollsSideways(page)).toBe(false);
    expect((await textContrasts(page)).filter(({ ratio }) => ratio < 4.5)).toEqual([]);

    const verdict = page.getByRole('heading', { level: 1 });
    expect(await seenText(verdict)).toMatch(/^(Not ready|Good enough) to act by itself\.$/);
    expect((await verdict.boundingBox())?.y).toBeLessThan(options.viewport.height / 2);
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(HEADINGS);

    for (const part of await page.locator('details > summary').all()) await part.click();
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect(await scrollsSideways(page)).toBe(false);
    expect((await textContrasts(page)).filter(({ ratio }) => ratio < 4.5)).toEqual([]);

    expect(requests.filter((url) => !url.startsWith(remit.url))).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('is none for anybody of another team', async () => {
    const { page } = await openedReport(STRANGER);
    expect(await seenText(page.locator('body'))).not.toContain('gates');
  });
});
