import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { groundLuminance, scrollsSideways, seenText, textContrasts } from '../support/browser-looks.ts';
import { followLink, readMail, type ShownMail } from '../support/browser-mail.ts';
import { openBrowser, openSession, type Session } from '../support/browser-session.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, type LeadForm, sampleLead, WORKFLOW } from '../support/leads.ts';

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

interface Asked extends Session {
  readonly lead: LeadForm;
  readonly caseId: string;
  readonly mail: ShownMail;
}

/** Posts a hot lead, reads the approver's mail in a browser and follows its link to the request page. */
async function askedInBrowser(name: string, options: Parameters<typeof openSession>[1] = {}): Promise<Asked> {
  const lead = { ...sampleLead('hot-lead'), name };
  const { status, caseId } = await remit.trigger(WORKFLOW, lead);
  expect(status).toBe(202);
  await remit.questionMail(APPROVER, name);
  const session = await openSession(browser, options);
  onTestFinished(() => session.close());
  const mail = await readMail(session.page, remit.url, name);
  await followLink(mail);
  return { ...session, lead, caseId, mail };
}

/** The mails to the lead of a case; several leads share the address. */
async function mailsTo(lead: LeadForm): Promise<readonly { subject: string; text: string }[]> {
  const [firstName = ''] = lead.name.split(' ');
  return (await remit.mails(lead.email)).filter(({ subject }) => subject.includes(firstName));
}

/** Opening a page that is not there is an error to the browser's console; pages for people must not have any. */
function troubleOf({ errors }: Session): readonly string[] {
  return errors.filter(({ at }) => at.startsWith(`${remit.url}/r/`)).map(({ text }) => text);
}

describe('the request page on a phone', () => {
  it('tells a hot lead, what was decided and why, and the exact mail, and a yes there does everything once', async () => {
    // given
    const asked = await askedInBrowser('Marieke Vandenbroeck');
    const { page, lead, caseId, mail } = asked;
    expect(mail.text).toContain(lead.name);
    expect(mail.text).not.toContain(lead.message);
    expect(mail.code).toMatch(/^\d{6}$/);

    // then: what is asked, and everything that it takes to answer
    const text = await seenText(page.locator('main'));
    for (const part of [lead.name, lead.email, lead.company, lead.title, lead.message]) expect(text).toContain(part);
    expect(await seenText(page.getByRole('heading', { level: 1 }))).toContain('Send the meeting mail');
    expect(await seenText(page.getByRole('list', { name: 'Why you are asked' }))).toContain(
      'This always needs your yes.',
    );
    const decision = await seenText(page.getByRole('region', { name: 'What the agent decided' }));
    expect(decision).toMatch(/hot/);
    expect(decision).toMatch(/Overall \d\d %/);
    expect(await seenText(page.getByRole('region', { name: 'Evidence' }))).toMatch(
      /Company directory[\s\S]*165[\s\S]*CRM history[\s\S]*Professional profile/,
    );
    const letter = await seenText(page.getByRole('region', { name: 'Send the meeting mail' }).getByRole('article'));
    expect(letter).toContain('A time to talk, Marieke?');
    expect(await scrollsSideways(page)).toBe(false);

    // when
    await page.getByLabel('Code from the mail').fill(mail.code);
    await page.getByRole('button', { name: 'Approve', exact: true }).click();

    // then: it is settled
    await page.getByText('Answered by').waitFor();
    expect(await seenText(page.locator('main'))).toContain(APPROVER);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await scrollsSideways(page)).toBe(false);
    expect(troubleOf(asked)).toEqual([]);
    expect(asked.requests.filter((url) => !url.startsWith(remit.url) && url !== 'about:srcdoc')).toEqual([]);

    // then: it happened, once
    expect((await remit.waitFor(caseId, ({ state }) => state === 'closed')).outcome).toBe('done');
    const mails = await mailsTo(lead);
    expect(mails.map(({ subject }) => subject)).toEqual(['A time to talk, Marieke?']);
    // The page says that a line is added by which an answer finds its case, and nothing else.
    const [body = '', reference] = (mails[0]?.text ?? 'no mail').split(/\n+(?=Ref: R-)/);
    expect(withoutSpace(letter)).toContain(withoutSpace(body));
    expect(reference).toMatch(/^Ref: R-[\w-]+\s*$/);
    expect((await remit.effects(caseId)).map(({ connector, arguments: given }) => [connector, given])).toEqual([
      ['sandbox.channel-post', { channel: '#sales-hot', text: expect.stringContaining(lead.name) }],
      ['sandbox.crm-create-record', expect.objectContaining({ email: lead.email, tag: 'hot', score: 10 })],
    ]);
  });

  it('takes a no with its reason, after which no mail goes out', async () => {
    const { page, lead, caseId, mail } = await askedInBrowser('Renate Rejected');
    await page.getByLabel('Code from the mail').fill(mail.code);
    await page.getByLabel('Reason').fill('We talk to her already.');
    await page.getByRole('button', { name: 'Reject' }).click();
    expect(await seenText(page.getByRole('region', { name: 'Reason given' }))).toContain('We talk to her already.');
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed.requests[0]?.answer).toMatchObject({ verb: 'reject', by: APPROVER, proof: 'mail-code' });
    expect(await mailsTo(lead)).toEqual([]);
  });

  it('keeps what was typed when the code is wrong, and takes the right one then', async () => {
    const asked = await askedInBrowser('Wanda Wrong');
    const { page, caseId, mail } = asked;
    await page.getByLabel('Code from the mail').fill(mail.code === '123456' ? '654321' : '123456');
    await page.getByLabel('Reason').fill('Too early, they move in spring.');
    await page.getByRole('button', { name: 'Reject' }).click();

    await page.getByRole('alert').waitFor();
    expect(await seenText(page.getByRole('alert'))).toMatch(/not the code from your mail; 4 tries are left/);
    expect(await page.getByLabel('Reason').inputValue()).toBe('Too early, they move in spring.');
    expect(await page.getByLabel('Code from the mail').inputValue()).toBe('');
    expect((await remit.waitFor(caseId, () => true)).requests[0]?.state).toBe('open');

    await page.getByLabel('Code from the mail').fill(mail.code);
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByText('Answered by').waitFor();
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed.requests[0]?.answer?.verb).toBe('reject');
  });

  it('works without JavaScript, edits too', async () => {
    const { page, lead, caseId, mail } = await askedInBrowser('Nina Noscript', { javaScriptEnabled: false });
    await page.getByText('Edit before approving').click();
    await page.getByLabel('Subject').fill('Nina, when shall we talk?');
    await page.getByLabel('Code from the mail').fill(mail.code);
    await page.getByRole('button', { name: 'Edit and approve' }).click();
    expect(await seenText(page.getByRole('region', { name: 'What was changed' }))).toContain('when shall we talk?');
    expect((await remit.waitFor(caseId, ({ state }) => state === 'closed')).outcome).toBe('done');
    expect((await mailsTo(lead)).map(({ subject }) => subject)).toEqual(['Nina, when shall we talk?']);
  });

  it.each(['light', 'dark'] as const)('can be read in %s colours', async (colorScheme) => {
    const asked = await askedInBrowser(`Cora Colour-${colorScheme}`, { colorScheme });
    const ground = await groundLuminance(asked.page);
    expect(colorScheme === 'dark' ? ground < 0.05 : ground > 0.8).toBe(true);
    const contrasts = await textContrasts(asked.page);
    expect(contrasts.length).toBeGreaterThan(50);
    expect(contrasts.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    expect(troubleOf(asked)).toEqual([]);
  });
});

/** The page wraps a text anew; what it says must be the same. */
function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, '');
}
