import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerEntry } from '../../shared/contracts/index.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import { workflowsThatAsk } from '../support/claude-assembly.ts';
import { type CaseAnswer, type Deployment, deployedAssembly, startDeployment } from '../support/deployment.ts';
import { FAKE_KEY, type FakeAnthropic, startFakeAnthropic } from '../support/fake-anthropic.ts';
import { PARTNER_LEAD, PARTNERS, type PartnerVoices, partnerVoices, sampleRequest } from '../support/partners.ts';
import { decides, delegates } from '../support/teams/turns.ts';

const NO_MODEL = 'no model: plays written turns';
const codesOf = ({ verdict }: CaseAnswer) => verdict?.reasons.map(({ code }) => code) ?? [];
const eventsOf = ({ ledger = [] }: CaseAnswer, type: string) =>
  ledger.map(({ event }) => event).filter((event) => event.type === type);
const turnsOf = (found: CaseAnswer) => eventsOf(found, 'turn-finished').map(({ turn }) => turn as Turn);
const isUnbroken = ({ ledger = [] }: CaseAnswer) => verifyChain(ledger.map((entry) => LedgerEntry.parse(entry))).ok;
const textOf = (page: string) => page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

interface Turn {
  readonly agent: string;
  readonly status: string;
  readonly model: string;
  readonly doubts: readonly string[];
  readonly readings: readonly { readonly source: string; readonly arguments?: Readonly<Record<string, unknown>> }[];
}
interface Reported {
  readonly partners: readonly { readonly domain: string; readonly claims: readonly { readonly quote: string }[] }[];
  readonly passedOver: readonly { readonly name: string }[];
  readonly unproved: readonly string[];
}
const reportOf = ({ decision }: CaseAnswer) => decision as unknown as Reported;

/** The case of a request once it is closed or with a person. */
async function researched(remit: Deployment, request: object): Promise<CaseAnswer> {
  const { status, caseId } = await remit.trigger(PARTNERS, request);
  expect(status).toBe(202);
  return remit.waitFor(caseId, ({ state }) => state !== 'open');
}

describe('partner research without a key', () => {
  let remit: Deployment;
  beforeAll(async () => {
    remit = await startDeployment();
  }, 180_000);
  afterAll(() => remit?.stop());

  it('plans, searches, refines, reports with citations, and asks before the one mail that it sends', async () => {
    // plans, searches and refines
    const asked = await researched(remit, sampleRequest('construction', 'R-whole'));
    expect(asked).toMatchObject({ state: 'waiting', decidedBy: 'planner (scripted)' });
    const turns = turnsOf(asked);
    expect(turns.map(({ agent }) => agent)).toEqual([
      ...['planner', 'researcher', 'planner', 'researcher', 'planner', 'assessor', 'planner', 'drafter', 'planner'],
    ]);
    const searches = turns.flatMap(({ readings }) => readings).filter(({ source }) => source === 'web-search');
    expect(new Set(searches.map(({ arguments: searched }) => searched?.['query'])).size).toBe(2);

    // reports: three that fit, each claim borne by what was read; a competitor and a company that is gone are left
    const { partners, passedOver, unproved } = reportOf(asked);
    expect(partners.map(({ domain }) => domain)).toEqual([
      ...['bauwerk-digital.example', 'siteledger.example', 'roofers-guild.example'],
    ]);
    expect(partners.every(({ claims }) => claims.length > 0)).toBe(true);
    expect(unproved).toEqual([]);
    expect(passedOver.map(({ name }) => name)).toEqual(expect.arrayContaining(['CrewClock', 'Hammerline', 'Girder']));
    expect(await remit.effects(asked.caseId)).toEqual([]);

    // asks: the report first, then each mail by itself
    const report = await remit.questionMail(PARTNER_LEAD, 'construction industry');
    expect((await remit.answer(report, { verb: 'approve' })).status).toBe(200);
    const mailing = await remit.waitFor(
      asked.caseId,
      ({ requests }) =>
        requests.filter(({ state, kind }) => state === 'open' && kind === 'approve-action').length === 3,
    );
    expect(await remit.mails('apis@siteledger.example')).toEqual([]);
    for (const { id, digest, actionId } of mailing.requests.filter(({ state }) => state === 'open')) {
      const to = mailing.actions.find((action) => action.id === actionId)?.arguments['to'];
      const verb = to === 'apis@siteledger.example' ? 'approve' : 'reject';
      const body = JSON.stringify({ verb, digest, ...(verb === 'reject' ? { reason: 'Not now.' } : {}) });
      const answered = await remit.api(`/api/requests/${id}/answer`, { method: 'POST', body }, PARTNER_LEAD);
      expect(answered.status).toBe(200);
    }
    const closed = await remit.waitFor(asked.caseId, ({ state }) => state === 'closed');
    expect((await remit.mails('apis@siteledger.example')).map(({ subject }) => subject)).toEqual([
      'Working together? SiteLedger and us',
    ]);
    for (const other of ['partners@bauwerk-digital.example', 'fair@roofers-guild.example', 'deals@elsewhere.example']) {
      expect(await remit.mails(other)).toEqual([]);
    }
    expect(isUnbroken(closed)).toBe(true);
  });

  it('says of every turn, in the record and on the page, that no model was asked', async () => {
    const asked = await researched(remit, sampleRequest('cleaning', 'R-honest'));
    const turns = turnsOf(asked);
    expect(turns.filter(({ agent }) => agent !== 'assessor').every(({ model }) => model.includes(NO_MODEL))).toBe(true);
    expect(turns.find(({ agent }) => agent === 'assessor')?.model).toBe('learned:partner-research');
    expect(asked.verdict?.reasons.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('no model was asked; a script played'),
    );
    const question = await remit.questionMail(PARTNER_LEAD, 'cleaning customers');
    const page = textOf(await (await fetch(question.link)).text());
    expect(page).toContain(NO_MODEL);
    expect(page).toContain('no model was asked; a script played');
    expect(question.mail.text).toContain('no model');
    expect(reportOf(asked).partners.map(({ domain }) => domain)).toEqual(['glanz-consulting.example']);
  });

  it('does not pretend where the script knows no such request: a person gets it, with what was tried', async () => {
    const found = await researched(remit, sampleRequest('unknown-industry', 'R-wine'));
    expect(found).toMatchObject({ state: 'waiting', decision: null });
    expect(found.verdict?.reasons.map(({ text }) => text).join(' ')).toContain(
      'No turn is written for this: the script knows requests for partners in construction and in cleaning.',
    );
    expect(await remit.effects(found.caseId)).toEqual([]);
  });

  it('tells the person of orders in the request and on a page, and follows neither', async () => {
    const found = await researched(remit, sampleRequest('injection', 'R-orders'));
    expect(codesOf(found)).toEqual(expect.arrayContaining(['rule:asks-for-more', 'rule:page-gives-orders']));
    expect(reportOf(found).partners.map(({ domain }) => domain)).not.toContain('topbuild-network.example');
    expect(await remit.effects(found.caseId)).toEqual([]);
  });

  it('keeps a request that cannot be read: a person gets it', async () => {
    const found = await researched(remit, sampleRequest('broken', 'R-broken'));
    expect([found.state, found.requests.length]).toEqual(['waiting', 1]);
  });
});

describe('partner research where scripts may not be played', () => {
  it('plays none: a person gets every request', async () => {
    const assembly = deployedAssembly();
    // A key that Claude will not take: with one there is a model, and a script stays shut.
    const remit = await startDeployment({ assembly, anthropicApiKey: FAKE_KEY });
    try {
      const found = await researched(remit, sampleRequest('cleaning', 'R-shut'));
      expect(found).toMatchObject({ state: 'waiting', decision: null });
      expect(JSON.stringify(turnsOf(found))).not.toContain(NO_MODEL);
    } finally {
      await remit.stop();
      rmSync(assembly, { recursive: true, force: true });
    }
  });
});
