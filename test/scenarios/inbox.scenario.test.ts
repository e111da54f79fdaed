import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, DEPUTY, hotLead, WORKFLOW } from '../support/leads.ts';
import { PersonBrowser, wordsOf } from '../support/person-browser.ts';
import { START_MS } from '../support/start-of-time.ts';

const HOURS = 3_600;
const DAY_MS = 24 * HOURS * 1_000;

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

async function askedLead(name: string) {
  const { caseId } = await remit.trigger(WORKFLOW, hotLead(name));
  const asked = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  return { name, caseId, requestId: asked.requests[0]?.id ?? '' };
}

async function signedIn(email: string) {
  const browser = new PersonBrowser(remit.url);
  return { browser, inbox: await browser.signIn(email) };
}

const closed = (caseId: string) => remit.waitFor(caseId, ({ state }) => state === 'closed');
const cards = async (caseId: string) =>
  JSON.parse(await (await fetch(`${remit.url}/_local/cards?caseId=${caseId}`)).text());
const endMails = async (to: string, name: string) =>
  (await remit.mails(to)).filter(
    ({ subject, text }) => text.includes('nothing left for you to do') && subject.includes(name),
  );

describe('many answers at once', () => {
  it('are answers of their own: each with its digest, each taken or not', async () => {
    const asked = [await askedLead('Mina Many'), await askedLead('Nele Many'), await askedLead('Otto Many')];
    const { browser, inbox } = await signedIn(APPROVER);
    for (const { name } of asked) expect(wordsOf(inbox)).toContain(name);
    const [first, second, third] = asked.map(({ requestId }) => requestId);
    const thirdPage = await browser.open(`/inbox/${third}`);
    await browser.submit(thirdPage, { verb: 'reject', reason: 'We know them.' });

    const result = await browser.submit(
      inbox,
      {
        ...{ pick: [first ?? '', second ?? '', third ?? '', '0'.repeat(32)], verb: 'approve' },
        [`digest/${second}`]: 'f'.repeat(64),
      },
      { to: `${remit.url}/inbox` },
    );
    expect(result.status).toBe(409);
    expect(wordsOf(result)).toContain('1 of 4 answered');
    expect(wordsOf(result)).toContain('It changed since the list was shown');
    expect(wordsOf(result)).toContain(`Answered already by ${APPROVER}`);
    expect((await closed(asked[0]?.caseId ?? '')).requests[0]?.answer).toMatchObject({
      verb: 'approve',
      proof: 'fresh-sign-in',
    });
    expect((await remit.waitFor(asked[1]?.caseId ?? '', () => true)).requests[0]?.answer).toBeNull();
    expect((await closed(asked[2]?.caseId ?? '')).requests[0]?.answer?.verb).toBe('reject');
  });

  it('need a reason where one does', async () => {
    const { caseId, requestId } = await askedLead('Rosa Reason');
    const { browser, inbox } = await signedIn(APPROVER);
    const to = `${remit.url}/inbox`;
    const without = await browser.submit(inbox, { pick: requestId, verb: 'reject' }, { to });
    expect(wordsOf(without)).toContain('Please give a reason for the no.');
    await browser.submit(inbox, { pick: requestId, verb: 'reject', reason: 'Out of season.' }, { to });
    expect((await closed(caseId)).requests[0]?.answer).toMatchObject({ verb: 'reject', reason: 'Out of season.' });
  });
});

describe('a new code', () => {
  it('is mailed to the same address, keeps what was typed, and works where the old one does not any more', async () => {
    const { name, caseId } = await askedLead('Cora Code');
    const old = await remit.questionMail(APPROVER, name);
    const browser = new PersonBrowser(remit.url);
    for (let time = 0; time < 5; time += 1) {
      await browser.submit(await browser.open(old.link), {
        verb: 'approve',
        code: old.code === '000000' ? '000001' : '000000',
      });
    }
    const dead = await browser.submit(await browser.open(old.link), { verb: 'approve', code: old.code });
    expect([dead.status, wordsOf(dead).includes('Send a new code')]).toEqual([429, true]);
    const again = await browser.submit(
      { ...(await browser.open(old.link)), url: old.link },
      { verb: 'new-code', reason: 'Typed before.' },
    );
    expect(again.url).toBe(old.link);
    expect(wordsOf(again)).toContain(`A new code is on its way It goes to ${APPROVER}`);
    expect(again.text).toContain('Typed before.');
    const mails = (await remit.mails(APPROVER)).filter(({ links }) => links.includes(old.link));
    expect(mails.map(({ subject }) => subject.startsWith('New code: '))).toEqual([true, false]);
    const code = /code:\s*([\d ]{6,})/i.exec(mails[0]?.text ?? '')?.[1]?.replaceAll(/\s/g, '') ?? '';
    expect((await browser.submit(again, { verb: 'approve', code: old.code })).status).toBe(422);
    await browser.submit(again, { verb: 'approve', code });
    expect((await closed(caseId)).requests[0]?.answer).toMatchObject({ by: APPROVER, proof: 'mail-code' });
  });

  it('is not mailed more than three times an hour', async () => {
    const { name } = await askedLead('Tom TooMany');
    const { link } = await remit.questionMail(APPROVER, name);
    const browser = new PersonBrowser(remit.url);
    const statuses: number[] = [];
    for (let time = 0; time < 4; time += 1) {
      statuses.push((await browser.submit(await browser.open(link), { verb: 'new-code' })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await remit.mails(APPROVER)).filter(({ links }) => links.includes(link))).toHaveLength(4);
  });
});

describe('somebody who is away', () => {
  it('names a colleague in the inbox, who is asked, and answers in their name', async () => {
    // given
    const { browser, inbox } = await signedIn(APPROVER);
    const now = Date.parse(JSON.parse(await (await fetch(`${remit.url}/_local/clock`)).text()).now);
    const day = (n: number): string => new Date(now + n * DAY_MS).toISOString().slice(0, 10);
    const to = `${remit.url}/inbox/absence`;
    const wrong = await browser.submit(inbox, { verb: 'away', from: day(2), until: day(0), delegate: DEPUTY }, { to });
    expect([wrong.status, wordsOf(wrong).includes('The last day is before the first.')]).toEqual([422, true]);
    const saved = await browser.submit(inbox, { verb: 'away', from: day(0), until: day(3), delegate: DEPUTY }, { to });
    expect(wordsOf(saved)).toContain(`${DEPUTY} answers for you.`);

    // when
    const { name, caseId, requestId } = await askedLead('Abe Away');
    const mail = await remit.questionMail(DEPUTY, name);
    expect(mail.mail.text).toContain(`You are asked for ${APPROVER}`);
    const deputy = await signedIn(DEPUTY);
    expect(wordsOf(deputy.inbox)).toContain(`for ${APPROVER}, who is away`);
    const page = await deputy.browser.open(`/inbox/${requestId}`);
    expect(wordsOf(page)).toContain(`You answer for ${APPROVER}`);
    await deputy.browser.submit(page, { verb: 'approve' });

    // then
    expect((await closed(caseId)).requests[0]?.answer).toMatchObject({ by: DEPUTY, onBehalfOf: APPROVER });
    const back = await browser.submit(saved, { verb: 'back' }, { to });
    expect(wordsOf(back)).not.toContain(`${DEPUTY} answers for you`);
  });

  it('says so over the API too, for themselves alone', async () => {
    const put = (body: object) => remit.api('/api/me/absence', { method: 'PUT', body: JSON.stringify(body) });
    const from = new Date(START_MS + 900 * DAY_MS).toISOString();
    const until = new Date(START_MS + 901 * DAY_MS).toISOString();
    expect((await put({ from, until, delegate: 'mia@other.example' })).status).toBe(422);
    expect((await put({ from, until, delegate: DEPUTY, person: DEPUTY })).status).toBe(400);
    expect((await put({ from: 'tomorrow', until })).status).toBe(400);
    expect((await put({ from, until, delegate: DEPUTY })).status).toBe(200);
    const read = async () => JSON.parse(await (await remit.api('/api/me/absence')).text());
    expect(await read()).toMatchObject({ absence: { from, until, delegate: DEPUTY }, changes: expect.any(Array) });
    await remit.api('/api/me/absence', { method: 'DELETE' });
    const { absence, changes } = await read();
    expect([absence, changes[0], changes[1]]).toMatchObject([
      null,
      { by: APPROVER, absence: null },
      { absence: { delegate: DEPUTY } },
    ]);
    expect((await fetch(`${remit.url}/api/me/absence`)).status).toBe(401);
  });
});

describe('the end of a question', () => {
  it('is told to the others who were asked, once, and to the channel, and no page has a button left', async () => {
    // given
    const { name, caseId, requestId } = await askedLead('Elsa End');
    expect(await cards(caseId)).toMatchObject([
      {
        requestId,
        channel: '#sales-approvals',
        link: `${remit.url}/inbox/${requestId}`,
        title: expect.stringContaining(name),
      },
    ]);
    await remit.advance(48 * HOURS + 1);
    await remit.waitFor(caseId, ({ requests }) => requests[0]?.reminded === true);
    const first = await remit.questionMail(APPROVER, name);
    const other = await remit.questionMail(DEPUTY, name);

    // when
    await remit.answer(other, { verb: 'approve' });
    await closed(caseId);

    // then
    expect((await endMails(APPROVER, name)).map(({ text }) => text.includes(DEPUTY))).toEqual([true]);
    expect(await endMails(DEPUTY, name)).toEqual([]);
    expect(await cards(caseId)).toMatchObject([{ requestId, link: null, title: expect.stringMatching(/^Approved: /) }]);
    const browser = new PersonBrowser(remit.url);
    const page = await browser.open(first.link);
    expect(page.text).not.toContain('<button');
    expect(wordsOf(page)).toContain(`Answered by ${DEPUTY}`);
    const late = await browser.submit(page, { verb: 'reject', code: first.code, reason: 'too late' });
    expect([late.status, late.text.includes('<button')]).toEqual([409, false]);
    const { inbox } = await signedIn(APPROVER);
    expect(wordsOf(inbox)).not.toContain(name);
    expect((await closed(caseId)).requests[0]?.answer).toMatchObject({ verb: 'approve', by: DEPUTY });
  });

  it('by the deadline is told to all who were asked', async () => {
    const { name, caseId, requestId } = await askedLead('Dora Deadline');
    await remit.advance(48 * HOURS + 1);
    await remit.waitFor(caseId, ({ requests }) => requests[0]?.reminded === true);
    await remit.advance(48 * HOURS);
    await closed(caseId);
    expect([await endMails(APPROVER, name), await endMails(DEPUTY, name)].map(({ length }) => length)).toEqual([1, 1]);
    expect(await cards(caseId)).toMatchObject([{ link: null, title: expect.stringMatching(/^Expired: /) }]);
    const { browser } = await signedIn(DEPUTY);
    const page = await browser.open(`/inbox/${requestId}`);
    expect([page.status, page.text.includes('name="verb"')]).toEqual([410, false]);
  });
});
