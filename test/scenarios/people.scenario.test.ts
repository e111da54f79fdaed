import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, DEPUTY, hotLead, WORKFLOW } from '../support/leads.ts';
import { PersonBrowser, type ShownPage, wordsOf } from '../support/person-browser.ts';
import { rewriteRequest } from '../support/stored-requests.ts';

const MINUTES = 60;
const OUTSIDER = 'outsider@other.example';

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

/** A hot lead with a question about its mail, as somebody's mail leads to it. */
async function askedLead(name: string) {
  const { caseId } = await remit.trigger(WORKFLOW, hotLead(name));
  const asked = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  const [request] = asked.requests;
  if (request === undefined) throw new Error('nothing was asked');
  return { name, caseId, requestId: request.id, path: `/inbox/${request.id}`, request };
}

async function signedIn(email: string): Promise<{ browser: PersonBrowser; inbox: ShownPage }> {
  const browser = new PersonBrowser(remit.url);
  return { browser, inbox: await browser.signIn(email) };
}

const answerOf = async (caseId: string) => (await remit.waitFor(caseId, () => true)).requests[0]?.answer;

describe('somebody who is signed in', () => {
  it('finds the question in the inbox, answers it there once, and the record says how it is known who they are', async () => {
    const { name, caseId, path } = await askedLead('Ines Inbox');
    const { browser, inbox } = await signedIn(APPROVER);
    expect(new URL(inbox.url).pathname).toBe('/inbox');
    expect(inbox.text).toContain(name);
    const page = await browser.open(path);
    expect(wordsOf(page)).toContain(`You answer as ${APPROVER}`);
    expect(page.text).not.toContain('Code from the mail');
    const response = await browser.post(page, { verb: 'approve' });
    expect([response.status, response.headers.get('location')]).toEqual([303, `${remit.url}${path}`]);
    const settled = await browser.open(path);
    expect([settled.status, settled.text.includes('name="verb"')]).toEqual([200, false]);
    expect(settled.text).toContain('Answered by');
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed.outcome).toBe('done');
    const events = closed.ledger?.map(({ event }) => event) ?? [];
    expect(events.filter(({ type }) => type === 'request-answered')).toMatchObject([
      { answer: { by: APPROVER, proof: 'fresh-sign-in', channel: 'inbox', onPageMs: expect.any(Number) } },
    ]);
    const late = await browser.post(page, { verb: 'reject', reason: 'no' });
    expect([late.status, (await late.text()).includes('name="verb"')]).toEqual([409, false]);
  });

  it('needs no code on the page of their own link', async () => {
    const { name, caseId } = await askedLead('Lia Link');
    const { link } = await remit.questionMail(APPROVER, name);
    const { browser } = await signedIn(APPROVER);
    const page = await browser.open(link);
    expect(page.text).not.toContain('Code from the mail');
    await remit.advance(6 * MINUTES);
    expect((await browser.submit(page, { verb: 'reject', reason: 'Not now.' })).text).toContain('Not now.');
    expect(await answerOf(caseId)).toMatchObject({ by: APPROVER, proof: 'sign-in', channel: 'page' });
  });

  it('sees nothing of another team, by page or by API', async () => {
    const { name, caseId, path, requestId } = await askedLead('Olga Others');
    const { browser, inbox } = await signedIn(OUTSIDER);
    expect(inbox.text).toContain('Nothing waits for you');
    const page = await browser.open(path);
    const unknown = await browser.open(`/inbox/${'0'.repeat(32)}`);
    expect([page.status, page.text]).toEqual([404, unknown.text]);
    expect((await browser.post({ ...inbox, url: `${remit.url}${path}` }, { verb: 'approve' })).status).toBe(404);
    const token = await tokenOf(OUTSIDER);
    const read = (at: string) => fetch(`${remit.url}${at}`, { headers: { authorization: `Bearer ${token}` } });
    expect((await read(`/api/cases/${caseId}`)).status).toBe(404);
    expect((await read(`/api/cases?workflow=${WORKFLOW}`)).status).toBe(403);
    for (const at of ['/api/cases', '/api/requests']) expect(await (await read(at)).text()).not.toContain(name);
    const forged = await answerByApi(token, requestId, { verb: 'approve' });
    expect(forged.status).toBe(403);
    expect(await answerOf(caseId)).toBeNull();
  });

  it('is let out again, and then has to sign in', async () => {
    const { browser, inbox } = await signedIn(APPROVER);
    const out = await browser.submit(inbox, {}, { to: `${remit.url}/signin/out` });
    expect(out.text).toContain('You are signed out');
    expect(browser.cookies.size).toBe(0);
    expect((await browser.send('/inbox')).status).toBe(303);
  });
});

describe('a form', () => {
  it.each([
    ['without its token', { csrf: false }],
    ['from another site', { origin: 'https://evil.example' }],
    ['from nowhere', { origin: null }],
    ['from a page that hides where it is', { origin: 'null' }],
  ])('%s decides nothing', async (_what, options) => {
    const { caseId, path } = await askedLead('Fia Forged');
    const { browser } = await signedIn(APPROVER);
    const page = await browser.open(path);
    expect((await browser.post(page, { verb: 'approve' }, options)).status).toBe(403);
    const many = await browser.post(page, { verb: 'approve' }, { ...options, to: `${remit.url}/inbox` });
    expect(many.status).toBe(403);
    const away = await browser.post(page, { verb: 'back' }, { ...options, to: `${remit.url}/inbox/absence` });
    expect(away.status).toBe(403);
    expect((await browser.post(page, {}, { ...options, to: `${remit.url}/signin/out` })).status).toBe(403);
    expect(await answerOf(caseId)).toBeNull();
  });

  it('of another person’s session decides nothing', async () => {
    const { caseId, path } = await askedLead('Sia Session');
    const mine = await signedIn(APPROVER);
    const page = await mine.browser.open(path);
    const theirs = await signedIn(DEPUTY);
    expect((await theirs.browser.post(page, { verb: 'approve' })).status).toBe(403);
    expect(await answerOf(caseId)).toBeNull();
  });
});

describe('a session', () => {
  it('is a cookie that no script reads and no other site sends', async () => {
    const { browser } = await signedIn(APPROVER);
    expect([...browser.cookies.keys()]).toEqual(['remit-session']);
    const page = await new PersonBrowser(remit.url).open('/inbox');
    const url = new URL(page.url);
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    const begun = await new PersonBrowser(remit.url).send('/inbox');
    expect(begun.headers.getSetCookie().join()).toMatch(
      /^remit-sign-in=[\w-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
    );
  });

  it('that was made up, or is over, is nobody’s', async () => {
    const { browser } = await signedIn(APPROVER);
    const token = browser.cookies.get('remit-session') ?? '';
    const [head, body, seal] = token.split('.');
    const claims = JSON.parse(Buffer.from(body ?? '', 'base64url').toString());
    const other = Buffer.from(JSON.stringify({ ...claims, email: DEPUTY })).toString('base64url');
    for (const forged of [`${head}.${other}.${seal}`, `${head}.${body}.`, 'x', token.slice(0, -4)]) {
      browser.setCookie('remit-session', forged);
      expect((await browser.send('/inbox')).status).toBe(303);
    }
    browser.setCookie('remit-session', token);
    expect((await browser.send('/inbox')).status).toBe(200);
    await remit.advance(61 * MINUTES);
    expect((await browser.send('/inbox')).status).toBe(303);
  });

  it('is not given for the answer of another sign-in', async () => {
    const mine = new PersonBrowser(remit.url);
    const begun = await mine.open('/inbox');
    const other = new PersonBrowser(remit.url);
    await other.open('/inbox');
    const stolen = await other.finishSignIn(begun, APPROVER);
    expect([stolen.status, stolen.text.includes('You are not signed in')]).toEqual([400, true]);
    expect(other.cookies.has('remit-session')).toBe(false);
  });
});

describe('a question that asks for more proof', () => {
  it('is not answered by the code of the mail; who signs in finds what they typed, and presses once more', async () => {
    const { name, caseId, requestId } = await askedLead('Pia Proof');
    const question = await remit.questionMail(APPROVER, name);
    await rewriteRequest(remit, requestId, (request) => ({ ...request, proof: 'sign-in' }));
    const browser = new PersonBrowser(remit.url);
    const page = await browser.open(question.link);
    expect(page.text).toContain('Sign in to answer');
    expect(page.text).not.toContain('value="approve"');
    const forced = await browser.submit(page, { verb: 'approve', code: question.code });
    expect(new URL(forced.url).pathname).toBe('/_local/signin/oauth2/authorize');
    expect(await answerOf(caseId)).toBeNull();

    const back = await browser.submit(page, { verb: 'sign-in', reason: 'As agreed on the phone.' });
    const signed = await browser.finishSignIn(back, APPROVER);
    expect(signed.url).toBe(question.link);
    expect(signed.text).toContain('As agreed on the phone.');
    expect(await answerOf(caseId)).toBeNull();
    await browser.submit(signed, { verb: 'approve', reason: 'As agreed on the phone.' });
    expect(await answerOf(caseId)).toMatchObject({ by: APPROVER, proof: 'fresh-sign-in', channel: 'page' });
    expect(browser.cookies.has('remit-draft')).toBe(false);
  });

  it('asks who signed in long ago to do so again, by page and by API', async () => {
    const { caseId, path, requestId } = await askedLead('Flo Fresh');
    await rewriteRequest(remit, requestId, (request) => ({ ...request, proof: 'fresh-sign-in' }));
    const { browser } = await signedIn(APPROVER);
    const stale = await tokenOf(APPROVER);
    await remit.advance(6 * MINUTES);
    expect((await answerByApi(stale, requestId, { verb: 'approve' })).status).toBe(403);
    const page = await browser.open(path);
    expect(page.text).toContain('Sign in again to answer');
    const asked = await browser.submit(page, { verb: 'sign-in' });
    expect(new URL(asked.url).searchParams.get('prompt')).toBe('login');
    const again = await browser.finishSignIn(asked, APPROVER);
    expect(again.url).toBe(`${remit.url}${path}`);
    await browser.submit(again, { verb: 'approve' });
    expect(await answerOf(caseId)).toMatchObject({ proof: 'fresh-sign-in', channel: 'inbox' });
    const other = await askedLead('Flo Fresher');
    await rewriteRequest(remit, other.requestId, (request) => ({ ...request, proof: 'fresh-sign-in' }));
    expect((await answerByApi(await tokenOf(APPROVER), other.requestId, { verb: 'approve' })).status).toBe(200);
  });

  it('does not take the sign-in of somebody else for the person of the link', async () => {
    const { name, caseId, requestId } = await askedLead('Ella Else');
    const { link } = await remit.questionMail(APPROVER, name);
    await rewriteRequest(remit, requestId, (request) => ({ ...request, proof: 'sign-in' }));
    const { browser } = await signedIn(OUTSIDER);
    const page = await browser.open(link);
    expect(wordsOf(page)).toContain(`you are signed in as ${OUTSIDER}`);
    await browser.submit(page, { verb: 'approve' });
    expect(await answerOf(caseId)).toBeNull();
  });
});

async function tokenOf(user: string): Promise<string> {
  const body = JSON.stringify({ user, groups: [] });
  const issued = await fetch(`${remit.url}/_local/token`, { method: 'POST', body });
  return JSON.parse(await issued.text()).token;
}

async function answerByApi(token: string, requestId: string, answer: object): Promise<Response> {
  const asked = await remit.api('/api/requests?limit=100');
  const { items } = JSON.parse(await asked.text()) as { items: { id: string; digest: string }[] };
  const digest = items.find(({ id }) => id === requestId)?.digest ?? '';
  return fetch(`${remit.url}/api/requests/${requestId}/answer`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ digest, ...answer }),
  });
}
