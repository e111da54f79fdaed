import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { PersonBrowser, type ShownPage } from '../support/person-browser.ts';
import { SUPPORT_LEAD } from '../support/tickets.ts';

const FORM = '/start/support-triage/told-by-phone';

let remit: Deployment;
let lead: PersonBrowser;
beforeAll(async () => {
  remit = await startDeployment();
  lead = new PersonBrowser(remit.url);
  await lead.signIn(SUPPORT_LEAD);
}, 180_000);
afterAll(() => remit?.stop());

const call = (name: string) => ({
  'edit/name': name,
  'edit/email': `${name.toLowerCase()}@customer.example`,
  'edit/subject': 'Cannot get in',
  'edit/text': 'She says that all bookings of last week are gone, and that nobody deleted them.',
});

interface PhoneCase {
  readonly caseId: string;
  readonly trigger: string;
  readonly eventId: string;
  readonly input: object;
}

async function phoneCases(): Promise<readonly PhoneCase[]> {
  const answer = await remit.api('/api/cases?workflow=support-triage', {}, SUPPORT_LEAD);
  const { items } = (await answer.json()) as { items: readonly PhoneCase[] };
  return items.filter(({ trigger }) => trigger === 'told-by-phone');
}

const startedIn = ({ text, url }: ShownPage): string | undefined =>
  text.includes('The case is started') ? /started=([0-9a-f]{32})/.exec(url)?.[1] : undefined;

describe('a case by hand', () => {
  it('is started by a form that the inbox leads to', async () => {
    expect((await lead.open('/inbox')).text).toContain('/start"');
    const list = await lead.open('/start');
    expect(list.text).toContain('/start/support-triage/told-by-phone"');
    const page = await lead.open(FORM);
    const done = await lead.submit(page, call('Paula'));
    const caseId = startedIn(done) ?? '';
    const found = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    expect(found.verdict?.reasons.map(({ code }) => code)).toContain('rule:lost-data');
    const [one] = await phoneCases();
    expect(one).toMatchObject({
      caseId,
      eventId: expect.stringMatching(/^support-lead@remit\.example\/[\w-]{22}$/),
      input: {
        name: 'Paula',
        email: 'paula@customer.example',
        channel: 'phone',
        ticketId: expect.stringMatching(/^phone-/),
      },
    });
  });

  it('is one, however often the same form is sent', async () => {
    const page = await lead.open(FORM);
    const both = [await lead.submit(page, call('Rosa')), await lead.submit(page, call('Rosa'))];
    expect(new Set(both.map(startedIn)).size).toBe(1);
    await remit.waitFor(startedIn(both[0] as ShownPage) ?? '', ({ state }) => state !== 'open');
    expect((await phoneCases()).filter(({ input }) => JSON.stringify(input).includes('Rosa'))).toHaveLength(1);
  });

  it('is not started while something is wrong, and what was typed stays', async () => {
    const page = await lead.open(FORM);
    const back = await lead.submit(page, { ...call('Wren'), 'edit/email': 'no address', 'edit/text': '' });
    expect(back.status).toBe(422);
    expect(back.text).toContain('Not started yet');
    expect(back.text).toContain('Their e-mail address: is no e-mail address');
    expect(back.text).toContain('What they said: is needed');
    expect(back.text).toContain('value="Wren"');
    expect(JSON.stringify(await phoneCases())).not.toContain('Wren');
  });

  it('is for people of the team: for all others there is no such form', async () => {
    const stranger = new PersonBrowser(remit.url);
    await stranger.signIn('sales-lead@remit.example');
    expect((await stranger.open('/start')).text).not.toContain('support-triage');
    expect((await stranger.open(FORM)).status).toBe(404);
    const page = await lead.open(FORM);
    const forged = await stranger.submit(page, call('Sly'));
    expect([forged.status, JSON.stringify(await phoneCases()).includes('Sly')]).toEqual([404, false]);
  });

  it('is not started by a form of another page, nor by nobody', async () => {
    const page = await lead.open(FORM);
    const foreign = await lead.post(page, call('Eve'), { csrf: false });
    expect(foreign.status).toBe(403);
    const elsewhere = await lead.post(page, call('Eve'), { origin: 'https://evil.example' });
    expect(elsewhere.status).toBe(403);
    const nobody = await new PersonBrowser(remit.url).send(FORM);
    expect([nobody.status, nobody.headers.get('location')]).toEqual([303, expect.stringContaining('/authorize')]);
    expect(JSON.stringify(await phoneCases())).not.toContain('Eve');
  });

  it('that is not there is not found, whatever is asked for', async () => {
    for (const path of ['/start/support-triage/help-desk', '/start/no/such', '/start/A%20B/c']) {
      expect((await lead.open(path)).status).toBe(404);
    }
  });
});
