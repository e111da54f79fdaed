import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';

const MINUTES = 60;
const DAY = 86_400;

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

interface AlarmView {
  readonly name: string;
  readonly state: string;
  readonly reason: string;
}

async function alarm(name: string): Promise<AlarmView | undefined> {
  const alarms: AlarmView[] = JSON.parse(await (await fetch(`${remit.url}/_local/alarms`)).text());
  return alarms.find((one) => one.name === `remit-${WORKFLOW}-${name}`);
}

async function alarmMails(name: string) {
  const mails = await remit.mails(APPROVER);
  return mails.filter(({ subject }) => subject.includes('ALARM') && subject.includes(name));
}

async function waitingLeads(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('enterprise-lead'), name });
    await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  }
}

describe('the alarms', () => {
  it('stay quiet in a quiet hour, though all of its few decisions went to a person', async () => {
    await waitingLeads(['Ann', 'Ben', 'Cleo']);
    await remit.advance(61 * MINUTES);
    expect(await alarm('escalation-rate')).toMatchObject({ state: 'OK' });
    expect(await alarmMails('escalation-rate')).toEqual([]);
  });

  it('go off when most of enough decisions go to a person, and mail the owner with the reason', async () => {
    // given the three before, which are within the six hours
    await waitingLeads(Array.from({ length: 17 }, (_, index) => `Lead ${index}`));

    // when
    await remit.advance(2 * MINUTES);

    // then
    const [mail] = await alarmMails('escalation-rate');
    expect(mail?.text).toContain('40');
    expect(mail?.subject).toContain(`remit-${WORKFLOW}-escalation-rate`);
    await remit.advance(61 * MINUTES);
    for (const name of ['silence', 'error-rate', 'error-rate-day']) {
      expect(await alarm(name)).toMatchObject({ state: 'OK' });
    }
  });

  it('come to rest when the six hours are over', async () => {
    await remit.advance(360 * MINUTES);
    expect(await alarm('escalation-rate')).toMatchObject({ state: 'OK' });
  });

  it('go off when a sender signs with another secret, and not for a handful of tries', async () => {
    const forged = async (count: number) => {
      for (let one = 0; one < count; one += 1) expect((await forgedWebhook(one)).status).toBe(401);
    };
    await forged(4);
    await remit.advance(61 * MINUTES);
    expect(await alarm('refused-signatures')).toMatchObject({ state: 'OK' });
    await forged(5);
    await remit.advance(61 * MINUTES);
    const [mail] = await alarmMails('refused-signatures');
    expect(mail?.text).toContain('docs/runbook.md');
  });

  it('go off when nobody answers a question in time', async () => {
    const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('enterprise-lead'), name: 'Lotte Late' });
    await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    await remit.advance(4 * DAY + 1);
    await remit.advance(61 * MINUTES);
    const [mail] = await alarmMails('overdue-requests');
    expect(mail?.subject).toContain(`remit-${WORKFLOW}-overdue-requests`);
  });
});

function forgedWebhook(one: number): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    'webhook-id': `msg_forged_${one}`,
    'webhook-timestamp': String(Math.floor(remit.runtime.clock.now() / 1_000)),
    'webhook-signature': `v1,${Buffer.alloc(32, one).toString('base64')}`,
  };
  return fetch(`${remit.url}/hooks/${WORKFLOW}`, { method: 'POST', headers, body: '{}' });
}
