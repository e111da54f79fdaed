import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { governanceCaseId } from '../../shared/domain/governance-case.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';

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

async function patiently<T>(look: () => Promise<T>, until: (found: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await look();
    if (until(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Waited in vain, at ${JSON.stringify(await look())}`);
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
