import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { putEvent } from '../../scripts/runtime/put-event.ts';
import type { Answer } from '../../shared/contracts/index.ts';
import { groundLuminance, scrollsSideways, seenText, textContrasts } from '../support/browser-looks.ts';
import { followLink, readMail } from '../support/browser-mail.ts';
import { DESK, openBrowser, openSession, PHONE, type Session } from '../support/browser-session.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, DEPUTY, hotLead, sampleLead, WORKFLOW } from '../support/leads.ts';
import { rewriteRequest } from '../support/stored-requests.ts';

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

async function window(options: Parameters<typeof openSession>[1] = {}): Promise<Session> {
  const session = await openSession(browser, options);
  onTestFinished(() => session.close());
  return session;
}

async function askedLead(name: string) {
  const { caseId } = await remit.trigger(WORKFLOW, hotLead(name));
  const asked = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  return { caseId, requestId: asked.requests[0]?.id ?? '', link: (await remit.questionMail(APPROVER, name)).link };
}

/** On the page of the local sign-in. */
async function signIn(page: Page, email: string): Promise<void> {
  await page.waitForURL('**/oauth2/authorize**');
  await page.getByLabel('E-mail address').fill(email);
  await page.locator('form').last().getByRole('button', { name: 'Sign in', exact: true }).click();
}

describe('a person with a phone', () => {
  it('decides a case that an event has started, from its mail, and nobody wrote code for it', async () => {
    const { message: _message, ...reply } = {
      replyId: `reply-${Date.now()}`,
      ...sampleLead('hot-lead'),
      name: 'Eva Event',
    };
    const detail = { ...reply, message: sampleLead('hot-lead').message };
    await putEvent(
      { url: remit.url },
      { source: 'linkedin', detailType: 'InMail reply', detail: JSON.stringify(detail) },
    );
    await remit.questionMail(APPROVER, 'Eva Event');
    const { page } = await window({ viewport: PHONE });
    const mail = await readMail(page, remit.url, 'Eva Event');
    await followLink(mail);
    await page.getByLabel('Code from the mail').fill(mail.code);
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText('Answered by').waitFor();
    const { items } = JSON.parse(await (await remit.api('/api/cases?limit=5')).text()) as {
      items: { caseId: string; trigger: string }[];
    };
    const caseId = items.find(({ trigger }) => trigger === 'inmail-reply')?.caseId ?? '';
    expect((await remit.waitFor(caseId, ({ state }) => state === 'closed')).outcome).toBe('done');
  });

  it.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ])('signs in where a code is not enough, and finds what they typed (%s)', async (_how, javaScriptEnabled) => {
    const { caseId, requestId, link } = await askedLead(`Petra Proof-${javaScriptEnabled}`);
    await rewriteRequest(remit, requestId, (request) => ({ ...request, proof: 'fresh-sign-in' }));
    const { page } = await window({ javaScriptEnabled });
    await page.goto(link);
    await page.getByText('Edit before approving').click();
    await page.getByLabel('Subject').fill('Petra, shall we talk?');
    await page.getByLabel('Reason').fill('She asked for it.');
    await page.getByRole('button', { name: 'Sign in to answer' }).click();
    await signIn(page, APPROVER);
    await page.waitForURL('**/r/*');
    expect(await page.getByLabel('Subject').inputValue()).toBe('Petra, shall we talk?');
    expect(await page.getByLabel('Reason').inputValue()).toBe('She asked for it.');
    expect(await page.getByLabel('Code from the mail').count()).toBe(0);
    await page.getByRole('button', { name: 'Edit and approve' }).click();
    await page.getByText('Answered by').waitFor();
    expect(await seenText(page.getByRole('region', { name: 'What was changed' }))).toContain('Petra, shall we talk?');
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed.requests[0]?.answer).toMatchObject({ verb: 'edit', by: APPROVER, proof: 'fresh-sign-in' });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out').waitFor();
  });

  it('gets another code on the page', async () => {
    const { caseId, link } = await askedLead('Carl Code');
    const { page } = await window({ javaScriptEnabled: false });
    await page.goto(link);
    await page.getByLabel('Reason').fill('Typed before.');
    await page.getByRole('button', { name: 'Send a new code' }).click();
    await page.getByRole('status').waitFor();
    expect(await seenText(page.getByRole('status'))).toContain('A new code is on its way');
    expect(await page.getByLabel('Reason').inputValue()).toBe('Typed before.');
    const { code } = await remit.questionMail(APPROVER, 'Carl Code');
    await page.getByLabel('Code from the mail').fill(code);
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByText('Answered by').waitFor();
    expect((await remit.waitFor(caseId, ({ state }) => state === 'closed')).requests[0]?.answer?.verb).toBe('reject');
  });
});

describe('the inbox', () => {
  it('answers one and many, and says when somebody is away, without JavaScript', async () => {
    const one = await askedLead('Ada Inbox');
    const two = await askedLead('Bob Inbox');
    const { page } = await window({ javaScriptEnabled: false });
    await page.goto(`${remit.url}/inbox`);
    await signIn(page, APPROVER);
    await page.waitForURL('**/inbox');
    expect(await seenText(page.locator('main'))).toMatch(/Ada Inbox[\s\S]*Bob Inbox/);
    await page.getByRole('listitem').filter({ hasText: 'Ada Inbox' }).getByText('All of what is asked').click();
    expect(await seenText(page.getByRole('listitem').filter({ hasText: 'Ada Inbox' }))).toContain(
      'A time to talk, Ada?',
    );
    expect(await scrollsSideways(page)).toBe(false);
    await page.getByLabel(/^Choose: .*Ada Inbox/).check();
    await page.getByLabel(/^Choose: .*Bob Inbox/).check();
    await page.getByRole('button', { name: 'Approve the chosen' }).click();
    await page.getByRole('heading', { name: '2 of 2 answered' }).waitFor();
    for (const { caseId } of [one, two]) {
      expect((await remit.waitFor(caseId, ({ state }) => state === 'closed')).requests[0]?.answer).toMatchObject({
        ...{ verb: 'approve', by: APPROVER, channel: 'inbox' },
      });
    }
    await page.getByRole('link', { name: 'To the inbox' }).click();
    await page.getByText('Being away').click();
    await page.getByLabel('First day away').fill('2030-07-01');
    await page.getByLabel('Last day away').fill('2030-07-14');
    await page.getByLabel('Who answers for you').selectOption(DEPUTY);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`from Mon 1 Jul 2030 to Sun 14 Jul 2030. ${DEPUTY} answers for you.`).waitFor();
    await page.getByRole('button', { name: 'I am back' }).click();
    await page.waitForURL('**/inbox');
    expect(await seenText(page.locator('main'))).not.toContain('answers for you.');
  });

  it.each([
    ['light', PHONE],
    ['dark', PHONE],
    ['light', DESK],
  ] as const)('and its questions can be read in %s colours, %o wide', async (colorScheme, viewport) => {
    const { requestId } = await askedLead(`Lina Looks-${colorScheme}-${viewport.width}`);
    const vote: Answer = {
      verb: 'approve',
      by: 'bea@remit.example',
      proof: 'sign-in',
      channel: 'inbox',
      atMs: remit.runtime.clock.now(),
      reason: 'Fine.',
      edits: null,
      seen: '',
      onBehalfOf: 'ulf@remit.example',
      onPageMs: null,
    };
    await rewriteRequest(remit, requestId, (request) => ({
      ...{ ...request, quorum: 2, votes: [vote], excluded: ['intern@remit.example'], earlier: vote },
      changes: [{ source: 'company-directory', path: 'employees', before: 165, after: 1_650 }],
    }));
    const session = await window({ colorScheme, viewport });
    const { page } = session;
    await page.goto(`${remit.url}/inbox/${requestId}`);
    await signIn(page, APPROVER);
    for (const path of [`/inbox/${requestId}`, '/inbox']) {
      await page.goto(`${remit.url}${path}`);
      const ground = await groundLuminance(page);
      expect(colorScheme === 'dark' ? ground < 0.05 : ground > 0.8).toBe(true);
      expect((await textContrasts(page)).filter(({ ratio }) => ratio < 4.5)).toEqual([]);
      expect(await scrollsSideways(page)).toBe(false);
    }
    await page.goto(`${remit.url}/inbox/${requestId}`);
    const [first = ''] = (await seenText(page.locator('main')))
      .split('\n')
      .filter((line) => line.trim() !== '' && line !== 'To the answer');
    expect(first).toBe('Changed since the yes of bea@remit.example');
    expect(session.errors.filter(({ at }) => at.startsWith(remit.url))).toEqual([]);
  });
});
