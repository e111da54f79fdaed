import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { governanceCaseId } from '../../shared/domain/governance-case.ts';
import { assemblyWith } from '../support/assembly-with.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, DEPUTY, hotLead, sampleLead, WORKFLOW } from '../support/leads.ts';
import { patiently } from '../support/patiently.ts';

const DAY_S = 86_400;
const CASES = 40;

let remit: Deployment;
let caseIds: string[] = [];
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

const read = async (path: string) => JSON.parse(await (await remit.api(path)).text());
const autonomy = () => read(`/api/workflows/${WORKFLOW}/autonomy`);
const open = async () =>
  (await read('/api/requests?limit=100')).items.filter((one: Asked) => one.kind === 'spot-check');

interface Asked {
  readonly id: string;
  readonly caseId: string;
  readonly kind: string;
  readonly digest: string;
  readonly draft: Readonly<Record<string, unknown>>;
}

/** Some at a time, so that none waits for long. */
async function coldLeads(count: number): Promise<string[]> {
  const ended: CaseAnswer[] = [];
  const lead = async (at: number): Promise<CaseAnswer> => {
    const body = { ...sampleLead('cold-lead'), email: `paolo+${at}@gelateriaricci.example` };
    const { caseId } = await remit.trigger(WORKFLOW, body);
    return remit.waitFor(caseId, ({ state }) => state === 'closed');
  };
  while (ended.length < count) ended.push(...(await Promise.all([0, 1].map((next) => lead(ended.length + next)))));
  return ended.map(({ caseId, outcome, requests }) => {
    expect({ outcome, requests }).toEqual({ outcome: 'done', requests: [] });
    return caseId;
  });
}

async function answer({ id, digest }: Asked, body: object): Promise<number> {
  const sent = await remit.api(`/api/requests/${id}/answer`, {
    method: 'POST',
    body: JSON.stringify({ digest, ...body }),
  });
  return sent.status;
}

describe('what is done without a person', () => {
  it('is looked at afterwards, one in ten, drawn on the day after', async () => {
    caseIds = await coldLeads(CASES);
    expect(await open()).toEqual([]);
    await remit.advance(DAY_S);
    const drawn = await patiently(open, (found) => found.length >= CASES / 10);
    expect(drawn).toHaveLength(CASES / 10);
    for (const { caseId } of drawn) expect(caseIds).toContain(caseId);
    expect((await autonomy()).spotChecks).toMatchObject({ cases: CASES, drawn: 4, checked: 0, wrong: 0 });
  }, 180_000);

  it('leaves the case closed, whatever is answered, and moves the estimate', async () => {
    const [wrong, ...right] = (await open()) as Asked[];
    if (wrong === undefined) throw new Error('nothing was drawn');
    for (const one of right) expect(await answer(one, { verb: 'approve' })).toBe(200);
    expect((await autonomy()).spotChecks.accuracy).toMatchObject({ share: 1, upper: 1 });
    const edits = { ...wrong.draft, tier: 'warm' };
    expect(await answer(wrong, { verb: 'edit', edits, reason: 'She asked for an offer.' })).toBe(200);
    const found = await remit.waitFor(wrong.caseId, ({ requests }) => requests[0]?.state === 'answered');
    expect(found).toMatchObject({ state: 'closed', outcome: 'done' });
    const { spotChecks, segments } = await autonomy();
    expect(spotChecks).toMatchObject({ checked: 4, wrong: 1, accuracy: { share: 0.75 } });
    expect(segments[0].against.decisions).toBe(1);
    const told = found.ledger?.map(({ event }) => event).find(({ type }) => type === 'spot-check-answered');
    expect(told).toMatchObject({ by: APPROVER, proof: 'fresh-sign-in', isRight: false, fields: ['tier'], weight: 10 });
  });

  it('becomes an example to learn from where it was wrong', async () => {
    const { items } = await read(`/api/workflows/${WORKFLOW}/examples`);
    expect(items).toMatchObject([
      { provenance: { how: 'spot-checked', by: APPROVER, reason: 'She asked for an offer.', after: { tier: 'warm' } } },
    ]);
  });

  it('is drawn once, however often the draw is made, and the draw is on record', async () => {
    await remit.advance(DAY_S);
    await remit.advance(DAY_S);
    const { ledger } = await read(`/api/cases/${governanceCaseId(WORKFLOW)}?ledger=true`);
    const draws = ledger.filter((entry: { event: { type: string } }) => entry.event.type === 'spot-checks-drawn');
    expect(draws).toHaveLength(1);
    expect(draws[0].event).toMatchObject({ share: 0.1, strata: [{ cases: CASES, drawn: 4, probability: 0.1 }] });
    expect(await open()).toEqual([]);
  });
});

describe('a review that two people give, each on their own', () => {
  const DECISIONS = [
    ['hot', 'hot'],
    ['warm', 'warm'],
    ['hot', 'warm'],
    ['warm', 'warm'],
  ] as const;
  let assembly: string;
  let twice: Deployment;
  let cases: CaseAnswer[];
  beforeAll(async () => {
    assembly = await assemblyWith('test/support/reviewed-leads/index.ts');
    twice = await startDeployment({ assembly });
  }, 180_000);
  afterAll(async () => {
    await twice?.stop();
    rmSync(assembly, { recursive: true, force: true });
  });

  const readAs = async (user: string, path: string) => JSON.parse(await (await twice.api(path, {}, user)).text());
  const questionTo = async (user: string, kind: string, caseId: string): Promise<Asked> => {
    const asked = async (): Promise<Asked | undefined> => {
      const { items } = await readAs(user, '/api/requests?limit=100');
      return items.find((one: Asked) => one.kind === kind && one.caseId === caseId);
    };
    const found = await patiently(asked, (one) => one !== undefined);
    if (found === undefined) throw new Error('nothing was asked');
    return found;
  };
  const decide = async (user: string, { id, digest }: Asked, { decision }: CaseAnswer, tier: string) => {
    const body = JSON.stringify({ digest, verb: 'edit', edits: { ...decision, tier }, reason: 'My own view.' });
    return (await twice.api(`/api/requests/${id}/answer`, { method: 'POST', body }, user)).status;
  };
  /** Everything that somebody can look at: mails, the pages behind them, cards of the channel, and the API. */
  const surfaces = async (user: string, caseId: string): Promise<Record<string, string>> => {
    const mails = await twice.mails(user);
    const links = mails.flatMap((mail) => mail.links).filter((link) => link.startsWith(`${twice.url}/r/`));
    const pages = await Promise.all(links.map(async (link) => (await fetch(link)).text()));
    const api = async (path: string) => (await twice.api(path, {}, user)).text();
    return {
      mails: JSON.stringify(mails),
      pages: pages.join('\n'),
      channel: await (await fetch(`${twice.url}/_local/channels/`)).text(),
      case: await api(`/api/cases/${caseId}?ledger=true`),
      cases: await api(`/api/cases?workflow=${WORKFLOW}`),
      requests: await api('/api/requests'),
      consequences: await api(`/api/cases/${caseId}/consequences`),
    };
  };
  /** What the agents decided, how sure they were and why, in their words. */
  const secretsOf = ({ ledger = [], verdict, confidence }: CaseAnswer & { confidence?: number }): string[] => {
    const turns = ledger.flatMap(({ event }) => ('turn' in event ? [event['turn'] as Turn] : []));
    const words = turns.flatMap(({ reasons, doubts, model }) => [...reasons, ...doubts, model]);
    return [...words, ...(verdict?.reasons ?? []).map(({ text }) => text), String(confidence)];
  };

  interface Turn {
    readonly reasons: readonly string[];
    readonly doubts: readonly string[];
    readonly model: string;
  }

  it('shows neither of them what the agents decided, on no surface', async () => {
    cases = [];
    for (const [at] of DECISIONS.entries()) {
      const { caseId } = await twice.trigger(WORKFLOW, hotLead(`Hanna${at} Hot`));
      cases.push(await twice.waitFor(caseId, ({ requests }) => requests.length > 0));
    }
    await twice.advance(15 * 60 + 1);
    const [first] = cases;
    if (first === undefined) throw new Error('there is no case');
    await questionTo(DEPUTY, 'second-review', first.caseId);
    await patiently(
      () => twice.mails(DEPUTY),
      (mails) => mails.length >= DECISIONS.length,
    );
    const secrets = secretsOf(first);
    expect(secrets.length).toBeGreaterThan(3);
    for (const person of [APPROVER, DEPUTY]) {
      const shown = await surfaces(person, first.caseId);
      expect(shown['pages']).toContain('Hanna0 Hot');
      expect(shown['pages']).not.toMatch(/<input[^>]* checked|<option[^>]* selected/);
      for (const [surface, text] of Object.entries(shown))
        for (const secret of secrets) expect([surface, text.includes(secret) ? secret : '']).toEqual([surface, '']);
      expect(JSON.parse(shown['case'] ?? '')).toMatchObject({ decision: null, confidence: null, verdict: null });
      expect(JSON.parse(shown['cases'] ?? '').items[0]).toMatchObject({ decision: null, confidence: null });
    }
  }, 120_000);

  it('lets neither of them see or give the other one’s answer', async () => {
    const [first] = cases;
    if (first === undefined) throw new Error('there is no case');
    const [own, second] = [
      await questionTo(APPROVER, 'review-decision', first.caseId),
      await questionTo(DEPUTY, 'second-review', first.caseId),
    ];
    expect(await decide(APPROVER, second, first, 'hot')).toBe(403);
    expect(await decide(DEPUTY, own, first, 'hot')).toBe(403);
    expect(await decide(APPROVER, own, first, 'hot')).toBe(200);
    await twice.waitFor(first.caseId, ({ state }) => state === 'closed');
    const shown = await surfaces(DEPUTY, first.caseId);
    for (const text of Object.values(shown)) expect(text).not.toContain('My own view.');
    expect(JSON.parse(shown['case'] ?? '')).toMatchObject({
      decision: null,
      ledger: [],
      requests: [{ answer: null }, {}],
    });
  });

  it('says how far two people agree, beyond chance, and the second answer decides nothing', async () => {
    for (const [at, [one, two]] of DECISIONS.entries()) {
      const case_ = cases[at];
      if (case_ === undefined) throw new Error('there is no case');
      if (at > 0)
        expect(await decide(APPROVER, await questionTo(APPROVER, 'review-decision', case_.caseId), case_, one)).toBe(
          200,
        );
      expect(await decide(DEPUTY, await questionTo(DEPUTY, 'second-review', case_.caseId), case_, two)).toBe(200);
      expect(await twice.waitFor(case_.caseId, ({ state }) => state === 'closed')).toMatchObject({
        outcome: 'reviewed',
      });
    }
    const { twoReviewers, segments } = await readAs(APPROVER, `/api/workflows/${WORKFLOW}/autonomy`);
    expect(twoReviewers).toMatchObject({ asked: 4, pairs: 4, same: { agreed: 3, of: 4 } });
    const tier = twoReviewers.kappas.find(({ about }: { about: string }) => about === 'tier');
    expect(tier).toMatchObject({ pairs: 4, observed: 0.75, expected: 0.5, kappa: 0.5 });
    expect(segments[0].agreement).toMatchObject({ sure: { agreed: 2, of: 4 }, blind: { agreed: 2, of: 4 } });
    const { items } = await readAs(APPROVER, `/api/workflows/${WORKFLOW}/reviewers`);
    const own = items.find(({ person }: { person: string }) => person === APPROVER);
    expect(own).toMatchObject({ agreement: { agreed: 2, of: 4 }, segments: [{ segment: 'all', agreed: 2, of: 4 }] });
  }, 120_000);
});
