import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseLabelled } from '../../evals/run/labelled.ts';
import { runProgram } from '../../scripts/command/program.ts';
import { inProject, node } from '../../scripts/command/project.ts';
import { LedgerEntry } from '../../shared/contracts/index.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import { assemblyThatAsks } from '../support/claude-assembly.ts';
import { claudeStage } from '../support/claude-stage.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { FAKE_KEY, startFakeAnthropic } from '../support/fake-anthropic.ts';
import { errorReply } from '../support/fake-anthropic-replies.ts';
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
    const answers = {
      'Bauwerk Digital and us': 'reject',
      'SiteLedger and us': 'approve',
      'Roofing Contractors and us': 'reject',
    };
    for (const [subject, verb] of Object.entries(answers)) {
      const question = await remit.questionMail(PARTNER_LEAD, subject);
      expect(question.mail.text).toContain('No model decided here: a script played turns');
      if (verb === 'approve') expect(await remit.mails('apis@siteledger.example')).toEqual([]);
      const reason = verb === 'reject' ? { reason: 'Not now.' } : {};
      expect((await remit.answer(question, { verb, ...reason })).status).toBe(200);
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
    expect(question.mail.text).toContain('No model decided here: a script played turns');
    expect(reportOf(asked).partners.map(({ domain }) => domain)).toEqual(['glanz-consulting.example']);
  });

  it('learns of each company by itself what a person corrects in a report, and looks for drift company by company', async () => {
    // given
    const asked = await researched(remit, sampleRequest('cleaning', 'R-corrected'));
    const [request] = asked.requests;
    const [partner] = (asked.decision as unknown as { partners: { domain: string; kind: string }[] }).partners;
    const kind = partner?.kind === 'referral' ? 'reseller' : 'referral';
    const edits = { ...asked.decision, partners: [{ ...partner, kind }] };
    // when
    const body = { verb: 'edit', digest: request?.digest, edits, reason: 'They only recommend.' };
    const path = `/api/requests/${request?.id}/answer`;
    const sent = await remit.api(path, { method: 'POST', body: JSON.stringify(body) }, PARTNER_LEAD);
    expect(sent.status).toBe(200);
    // then
    const command = (script: string) =>
      runProgram(node, [inProject('scripts', script), PARTNERS], { REMIT_PORT: new URL(remit.url).port });
    const lines = await command('examples.ts');
    expect(parseLabelled('corrections', lines.output)).toMatchObject([
      { input: { input: { domain: partner?.domain } }, expected: { fit: 'yes', kind, conflict: 'none' } },
    ]);
    const drift = await command('drift.ts');
    expect(drift.output).toMatch(/\d+ items that Assessor judged in these cases now, 166 in the training set\./);
    expect(drift.exitCode).toBe(/WARNING/.test(drift.output) ? 1 : 0);
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

describe('partner research where a model is configured and fails', () => {
  it('plays no script in its place: a person gets the request', async () => {
    const claude = await startFakeAnthropic();
    claude.serve(() => errorReply(401, 'authentication_error', 'This key is not known.'));
    const assembly = assemblyThatAsks(claude.url);
    const remit = await startDeployment({ assembly, anthropicApiKey: FAKE_KEY });
    try {
      const found = await researched(remit, sampleRequest('cleaning', 'R-shut'));
      expect(found).toMatchObject({ state: 'waiting', decision: null });
      expect(turnsOf(found).map(({ agent, status }) => [agent, status])).toEqual([['planner', 'failed']]);
      expect(JSON.stringify(found)).not.toContain(NO_MODEL);
    } finally {
      await remit.stop();
      await claude.stop();
      rmSync(assembly, { recursive: true, force: true });
    }
  });
});

const LOOK = { look: 'software for contractors', sought: 'construction', known: [] };
const SEARCH = [{ name: 'web-search', input: { query: 'software for contractors resell consultants association' } }];
const QUOTE = 'We make job costing software for building contractors';
const CLAIM = { claim: 'It makes software.', source: 'web-search', ref: 'https://siteledger.example/', quote: QUOTE };
const LEDGER = {
  ...{ name: 'SiteLedger', domain: 'siteledger.example', claims: [CLAIM], contact: 'apis@siteledger.example' },
};
const OF_LEDGER = {
  ...{ ...LEDGER, sought: 'construction', offers: QUOTE, industry: 'Information technology', country: 'Netherlands' },
  ...{ employees: 40, isRegistered: true, crmStage: 'none', news: '' },
};
const WRITTEN = { kind: 'integration', subject: 'Working together?', text: 'Hello, shall we talk?' };
const reports = (partner: object) =>
  decides({ summary: 'One was found.', partners: [{ ...LEDGER, ...WRITTEN, ...partner }], passedOver: [] });
const REGISTER = { name: 'company-register', input: { domain: 'siteledger.example' } };
const resultsOf = ({ handOver }: { readonly handOver: { readonly [key: string]: unknown } }) =>
  (handOver['results'] ?? []) as readonly unknown[];

describe('partner research with a key', () => {
  const stage = claudeStage('test/support/claude-partners/index.ts');

  /** The agents say this, unless a test has one say something else. */
  const voices = (partner: object, others: PartnerVoices = {}): PartnerVoices => ({
    planner: (asked) =>
      [
        delegates(['researcher', LOOK]),
        delegates(['assessor', { companies: [OF_LEDGER] }]),
        delegates(['drafter', { companies: [{ ...LEDGER, kind: 'integration', known: ['It makes software.'] }] }]),
      ][resultsOf(asked).length] ?? reports(partner),
    researcher: ({ read }) => (read.length === 0 ? [...SEARCH, REGISTER] : { companies: [OF_LEDGER] }),
    assessor: () => ({
      assessments: [{ domain: 'siteledger.example', fit: 'yes', kind: 'integration', conflict: 'none' }],
    }),
    drafter: () => ({ drafts: [{ domain: 'siteledger.example', subject: WRITTEN.subject, text: WRITTEN.text }] }),
    ...others,
  });
  async function played(requestId: string, said: PartnerVoices) {
    const { asked, reply } = partnerVoices(said);
    stage.claude.serve(reply);
    const found = await researched(stage.remit, {
      ...sampleRequest('cleaning', requestId),
      text: 'Find 1 partner for sites',
    });
    return { found, asked };
  }

  it('has Claude lead and work: its report acts by itself, and the mail waits for a yes', async () => {
    const { found, asked } = await played('R-claude', voices({}));
    const agents = asked.map(({ agent }) => agent);
    expect(agents).toEqual([
      'planner',
      'researcher',
      'researcher',
      'planner',
      'assessor',
      'planner',
      'drafter',
      'planner',
    ]);
    expect(asked[2]?.read.join(' ')).toContain(QUOTE);
    expect(found).toMatchObject({ state: 'waiting', decidedBy: 'planner (smart)', verdict: { kind: 'act' } });
    expect(found.decision).toMatchObject({ unproved: [] });
    expect((await stage.remit.effects(found.caseId)).map(({ connector }) => connector)).toEqual([
      'sandbox.channel-post',
    ]);

    const question = await stage.remit.questionMail(PARTNER_LEAD, 'Find 1 partner for sites');
    expect(question.mail.text).not.toContain('No model');
    expect((await stage.remit.answer(question, { verb: 'approve' })).status).toBe(200);
    const closed = await stage.remit.waitFor(found.caseId, ({ state }) => state === 'closed');
    expect(closed.outcome).toBe('done');
    expect((await stage.remit.mails('apis@siteledger.example')).map(({ text }) => text)).toEqual([WRITTEN.text]);
  });

  it.each<[string, object, string]>([
    [
      'a claim in other words than stand there',
      { claims: [{ ...CLAIM, quote: 'the best of all' }] },
      'rule:unproved-claim',
    ],
    ['a page that nobody read', { claims: [{ ...CLAIM, ref: 'https://other.example/' }] }, 'rule:unproved-claim'],
    ['the address that a page told it to write to', { contact: 'deals@elsewhere.example' }, 'rule:strange-address'],
    [
      'a company that the register was not asked for',
      { domain: 'hammerline.example', contact: '' },
      'rule:not-registered',
    ],
  ])('asks a person about a report with %s', async (what, partner, code) => {
    const { found } = await played(`R-${what}`, voices(partner));
    expect([found.state, codesOf(found)]).toEqual(['waiting', expect.arrayContaining([code])]);
    expect(await stage.remit.effects(found.caseId)).toEqual([]);
  });

  it('does not write to an address of elsewhere, even where a person approves the report', async () => {
    const { found } = await played('R-elsewhere', voices({ contact: 'deals@far-away.example' }));
    const question = await stage.remit.questionMail(PARTNER_LEAD, 'deals@far-away.example');
    expect((await stage.remit.answer(question, { verb: 'approve' })).status).toBe(200);
    const closed = await stage.remit.waitFor(found.caseId, ({ state }) => state === 'closed');
    expect(closed.actions.map(({ id }) => id.split('#')[0])).toEqual(['post-report']);
    expect(await stage.remit.mails('deals@far-away.example')).toEqual([]);
  });

  it('stops a leader that never comes to an end, by its bound: a person decides', async () => {
    const { found } = await played('R-endless', {
      ...voices({}),
      planner: (asked) => delegates(['researcher', { ...LOOK, look: `look again, time ${resultsOf(asked).length}` }]),
    });
    expect([found.state, found.decision]).toEqual(['waiting', null]);
    expect(codesOf(found)).toContain('cap:agent-turns');
    expect(turnsOf(found).length).toBeLessThanOrEqual(12);
    expect(await stage.remit.effects(found.caseId)).toEqual([]);
  });
});
