import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, DEPUTY, sampleLead, WORKFLOW } from '../support/leads.ts';
import { PersonBrowser, type ShownPage, wordsOf } from '../support/person-browser.ts';

/** In phase partial, what people are only told of needs a yes. */
const WARM = sampleLead('warm-lead');
/** Of another team. */
const STRANGER = 'finance-manager@remit.example';
const ENDS = { days: '10', uses: '5' };

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

const emailOf = (tag: string): string => WARM.email.replace('@', `.${tag}@`);

async function signedIn(email: string): Promise<PersonBrowser> {
  const browser = new PersonBrowser(remit.url);
  await browser.signIn(email);
  return browser;
}

const openOf = ({ requests }: CaseAnswer) => requests.find(({ state }) => state === 'open');

/** A warm lead, up to the question about the nurture sequence or to its end; what it is worth is agreed to as drafted. */
async function warmLead(email: string): Promise<CaseAnswer> {
  const { caseId } = await remit.trigger(WORKFLOW, { ...WARM, email });
  const first = await remit.waitFor(caseId, ({ state }) => state !== 'open');
  const request = openOf(first);
  if (request?.kind !== 'decide-case') return first;
  const body = JSON.stringify({ verb: 'approve', digest: request.digest });
  await remit.api(`/api/requests/${request.id}/answer`, { method: 'POST', body });
  return remit.waitFor(
    caseId,
    (found) => found.state === 'closed' || (found.state === 'waiting' && openOf(found)?.kind === 'approve-action'),
  );
}

/** A question about the nurture sequence, answered in the inbox with a yes. */
async function approved(browser: PersonBrowser, email: string): Promise<{ id: string; settled: ShownPage }> {
  const asked = await warmLead(email);
  const id = openOf(asked)?.id ?? '';
  const settled = await browser.submit(await browser.open(`/inbox/${id}`), { verb: 'approve' });
  expect(settled.status).toBe(200);
  await remit.waitFor(asked.caseId, ({ state }) => state === 'closed');
  return { id, settled };
}

/** What a browser sends of the choices where nobody changes them. */
function asShown({ text }: ShownPage): Record<string, string> {
  const radios = text.matchAll(/<input type="radio" form="answer" name="([^"]+)" value="([^"]*)" checked>/g);
  return Object.fromEntries([...radios].map(([, name = '', value = '']) => [name, value]));
}

interface Shape {
  readonly id: string;
  readonly uses: number;
  readonly ended: string | null;
  readonly fixed: Readonly<Record<string, unknown>>;
}

async function shapesNow(): Promise<readonly Shape[]> {
  const answer = await remit.api(`/api/workflows/${WORKFLOW}/shapes`);
  return ((await answer.json()) as { items: Shape[] }).items;
}

describe('a yes is remembered on pages', () => {
  it('from the inbox, and lets the next one go, until it is taken back on the page of the workflow', async () => {
    const email = emailOf('page');
    const browser = await signedIn(APPROVER);
    const { id, settled } = await approved(browser, email);
    expect(wordsOf(settled)).toContain('Remember this yes');
    expect(settled.text).toContain(`href="../remember/${id}"`);

    // Chosen and shown: nothing is remembered yet.
    const form = await browser.open(`/remember/${id}`);
    expect(form.headers.get('cache-control')).toBe('no-store');
    expect(form.headers.get('content-security-policy')).toContain("form-action 'self'");
    const shown = await browser.submit(form, { ...asShown(form), ...ENDS, verb: 'show' });
    expect(shown.status).toBe(200);
    expect(wordsOf(shown)).toContain(`E-mail is "${email}"`);
    expect(wordsOf(shown)).toContain('at most 5 times');
    expect(wordsOf(shown)).toContain('In the 90 days before your yes');
    expect(await shapesNow()).toEqual([]);

    // Agreed to, pressed twice.
    const agreed = { ...asShown(shown), ...ENDS, verb: 'remember' };
    const sent = [await browser.post(shown, agreed), await browser.post(shown, agreed)];
    const [shape] = await shapesNow();
    expect(await shapesNow()).toHaveLength(1);
    const kept = `${remit.url}/remembered/${shape?.id}`;
    expect(sent.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
      [303, kept],
      [303, kept],
    ]);
    expect(wordsOf(await browser.open(kept))).toContain('0 of 5 times');

    // The same again goes without a question.
    expect(await warmLead(email)).toMatchObject({ state: 'closed', outcome: 'done' });
    const ofWorkflow = await browser.open(`/workflows/${WORKFLOW}`);
    expect(wordsOf(ofWorkflow)).toContain('Remembered approvals');
    expect(wordsOf(ofWorkflow)).toContain('1 of 5 times');

    // Somebody else of the team takes it back.
    const deputy = await signedIn(DEPUTY);
    const console = await deputy.open(`/workflows/${WORKFLOW}`);
    const to = `${remit.url}/remembered/${shape?.id}`;
    expect(console.text).toContain(`action="../remembered/${shape?.id}"`);
    expect((await deputy.submit(console, { reason: ' ' }, { to })).status).toBe(422);
    const back = await deputy.submit(console, { reason: 'Too many of them.' }, { to });
    expect(wordsOf(back)).toContain(`Taken back by ${DEPUTY}`);
    expect(wordsOf(back)).toContain('Too many of them.');
    expect(await shapesNow()).toMatchObject([{ uses: 1, ended: `it was taken back by ${DEPUTY}` }]);
    expect(wordsOf(await browser.open(`/workflows/${WORKFLOW}`))).not.toContain('Remembered approvals');
    expect(await warmLead(email)).toMatchObject({ state: 'waiting' });
  });

  it('as it was chosen, and shown anew where that is not what was shown', async () => {
    const browser = await signedIn(APPROVER);
    const before = (await shapesNow()).length;
    const { id } = await approved(browser, emailOf('changed'));
    const form = await browser.open(`/remember/${id}`);
    const wrong = await browser.submit(form, { ...asShown(form), days: '91', uses: 'often', verb: 'show' });
    expect(wrong.status).toBe(422);
    expect(wordsOf(wrong)).toContain('For how many days: write a whole number from 1 to 90');
    expect(wordsOf(wrong)).toContain('How often: write a whole number from 1 to 1000');
    const shown = await browser.submit(form, { ...asShown(form), ...ENDS, verb: 'show' });
    const [name = ''] = Object.keys(asShown(shown)).filter((one) => one === 'alike/email');
    const wider = { ...asShown(shown), ...ENDS, [name]: 'any', verb: 'remember' };
    const changed = await browser.submit(shown, wider);
    expect(changed.status).toBe(409);
    expect(wordsOf(changed)).toContain('this is not what was shown before');
    expect(wordsOf(changed)).toContain('whatever the E-mail');
    expect(await browser.submit(shown, { ...wider, confirm: 'f'.repeat(64) })).toMatchObject({ status: 409 });
    expect(await shapesNow()).toHaveLength(before);
    await browser.submit(changed, wider);
    const [shape] = await shapesNow();
    expect(await shapesNow()).toHaveLength(before + 1);
    expect(shape?.fixed).not.toHaveProperty('email');
    expect(await warmLead(emailOf('anybody'))).toMatchObject({ state: 'closed' });
    await browser.submit(await browser.open(`/remembered/${shape?.id}`), { reason: 'Too wide.' });
  });

  it('by nobody but who said yes, signed in, on a page of ours', async () => {
    const browser = await signedIn(APPROVER);
    const before = (await shapesNow()).length;
    const { id } = await approved(browser, emailOf('nobody'));
    const path = `/remember/${id}`;
    const nobody = await new PersonBrowser(remit.url).send(path);
    expect(nobody.status).toBe(303);
    expect(wordsOf(await new PersonBrowser(remit.url).signIn(APPROVER, path))).toContain('Which actions are alike');

    const form = await browser.open(path);
    const typed = { ...asShown(form), ...ENDS, verb: 'show' };
    const shown = await browser.submit(form, typed);
    const agreed = { ...typed, verb: 'remember' };
    for (const other of [await signedIn(DEPUTY), await signedIn(STRANGER)]) {
      expect((await other.open(path)).status).toBe(404);
      const own = await other.open('/workflows');
      const confirm = /name="confirm" value="([^"]*)"/.exec(shown.text)?.[1] ?? '';
      expect((await other.submit(own, { ...agreed, confirm }, { to: `${remit.url}${path}` })).status).toBe(404);
    }
    expect((await browser.submit(shown, agreed, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await browser.submit(shown, agreed, { csrf: false })).status).toBe(403);
    expect(await shapesNow()).toHaveLength(before);

    const kept = await browser.submit(shown, agreed);
    const stranger = await signedIn(STRANGER);
    expect((await stranger.open(kept.url)).status).toBe(404);
    const own = await stranger.open('/workflows');
    expect((await stranger.submit(own, { reason: 'Not mine.' }, { to: kept.url })).status).toBe(404);
    expect((await browser.submit(kept, { reason: 'Forged.' }, { origin: 'https://elsewhere.example' })).status).toBe(
      403,
    );
    expect((await browser.submit(kept, { reason: 'Forged.' }, { csrf: false })).status).toBe(403);
    expect((await shapesNow())[0]).toMatchObject({ ended: null });
  });

  it('is not offered for a mail, which cannot be taken back, nor after a no', async () => {
    const browser = await signedIn(APPROVER);
    const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('hot-lead'), name: 'Irma Irreversible' });
    const mail = openOf(await remit.waitFor(caseId, ({ state }) => state !== 'open'))?.id ?? '';
    const yes = await browser.submit(await browser.open(`/inbox/${mail}`), { verb: 'approve' });
    expect(wordsOf(yes)).not.toContain('Remember this yes');
    const refused = await browser.open(`/remember/${mail}`);
    expect(refused.status).toBe(409);
    expect(wordsOf(refused)).toContain('It cannot be taken back, so it is asked every time.');
    const rejected = openOf(await warmLead(emailOf('no')))?.id ?? '';
    const no = await browser.submit(await browser.open(`/inbox/${rejected}`), { verb: 'reject', reason: 'Not now.' });
    expect(wordsOf(no)).not.toContain('Remember this yes');
    expect((await browser.open(`/remember/${rejected}`)).status).toBe(404);
  });
});
