import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerEntry } from '../../shared/contracts/index.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';

const DAY_SECONDS = 86_400;
const NURTURE = 'add-to-nurture#1';
/** In phase partial, what people are only told of needs a yes. */
const WARM = sampleLead('warm-lead');
const OTHER = WARM.email.replace('@', '.two@');

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

/**
 * A warm lead, up to the question about the nurture sequence or to its end. Of a person whom no source knows the model is
 * not sure: the decision itself is then asked, and agreed to as it was drafted.
 */
async function warmLead(email = WARM.email): Promise<CaseAnswer> {
  const { caseId } = await remit.trigger(WORKFLOW, { ...WARM, email });
  const first = await remit.waitFor(caseId, ({ state }) => state !== 'open');
  const [request] = first.requests;
  if (request?.kind !== 'decide-case') return first;
  await call('POST', `/api/requests/${request.id}/answer`, { verb: 'approve', digest: request.digest });
  return remit.waitFor(
    caseId,
    ({ state, requests }) =>
      state === 'closed' ||
      (state === 'waiting' && requests.some((one) => one.kind === 'approve-action' && one.state === 'open')),
  );
}

/** The question about the nurture sequence; undefined where nobody was asked. */
function questionOf(asked: CaseAnswer): CaseAnswer['requests'][number] | undefined {
  return asked.requests.find(({ kind }) => kind === 'approve-action');
}

interface Answered<T> {
  readonly status: number;
  readonly body: T;
}

async function call<T>(method: string, path: string, body?: object): Promise<Answered<T>> {
  const response = await remit.api(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

interface Shape {
  readonly id: string;
  readonly uses: number;
  readonly ended: string | null;
}

/** The yes to the question of a case, remembered as it is chosen. */
async function remembered(asked: CaseAnswer, choice: object): Promise<Shape> {
  const request = questionOf(asked);
  const path = `/api/requests/${request?.id}`;
  expect((await call('POST', `${path}/answer`, { verb: 'approve', digest: request?.digest })).status).toBe(200);
  const shown = await call<{ confirm: string }>('POST', `${path}/remember`, choice);
  expect(shown.status).toBe(200);
  const stored = await call<{ shape: Shape }>('POST', `${path}/remember`, { ...choice, confirm: shown.body.confirm });
  expect(stored.status).toBe(201);
  return stored.body.shape;
}

async function shapesNow(): Promise<readonly Shape[]> {
  return (await call<{ items: Shape[] }>('GET', `/api/workflows/${WORKFLOW}/shapes`)).body.items;
}

async function shapeNow(id: string): Promise<Shape | undefined> {
  return (await shapesNow()).find((shape) => shape.id === id);
}

async function answered(asked: CaseAnswer, verb: string): Promise<void> {
  const request = questionOf(asked);
  await call('POST', `/api/requests/${request?.id}/answer`, { verb, digest: request?.digest, reason: 'Not now.' });
  await remit.waitFor(asked.caseId, ({ state }) => state === 'closed');
}

describe('a yes that is remembered', () => {
  it('is shown and then stored, and lets the next case of the same shape run without asking', async () => {
    // given: an earlier no, and a yes that is shown before it is remembered
    await answered(await warmLead(), 'reject');
    const first = await warmLead();
    expect(first).toMatchObject({ state: 'waiting' });
    const request = questionOf(first);
    await call('POST', `/api/requests/${request?.id}/answer`, { verb: 'approve', digest: request?.digest });
    const choice = { days: 10, maximumUses: 2 };
    const path = `/api/requests/${request?.id}/remember`;
    const shown = await call<{ sentence: string; confirm: string; backTest: { summary: string } }>(
      'POST',
      path,
      choice,
    );
    expect(shown.status).toBe(200);
    expect(shown.body.sentence).toContain(`E-mail is "${WARM.email}"`);
    expect(shown.body.backTest.summary).toBe('1 of 1 would have run by themselves; you rejected 1 of them.');
    expect(await shapesNow()).toEqual([]);
    const wrong = await call('POST', path, { ...choice, maximumUses: 3, confirm: shown.body.confirm });
    expect(wrong.status).toBe(409);
    const stored = await call<{ shape: Shape }>('POST', path, { ...choice, confirm: shown.body.confirm });
    expect(stored.status).toBe(201);
    const { id } = stored.body.shape;

    // when: the same comes again
    const mailsBefore = (await remit.mails(APPROVER)).length;
    const next = await warmLead();

    // then: it is done, nobody was asked or mailed, and that is on record
    expect(next).toMatchObject({ state: 'closed', outcome: 'done', requests: [] });
    expect(next.actions.find((action) => action.id === NURTURE)).toMatchObject({
      state: 'done',
      mode: 'perform',
      releasedBy: id,
    });
    expect((await remit.effects(next.caseId)).map(({ connector }) => connector)).toContain('sandbox.crm-add-to-list');
    expect(await remit.mails(APPROVER)).toHaveLength(mailsBefore);
    const ledger = (next.ledger ?? []).map((entry) => LedgerEntry.parse(entry));
    expect(ledger.map(({ event }) => event.type).slice(2, 5)).toEqual([
      'decision-made',
      'action-released',
      'action-intended',
    ]);
    expect(verifyChain(ledger).ok).toBe(true);
    expect(await shapeNow(id)).toMatchObject({ uses: 1, ended: null });
    const told = (await remit.waitFor(first.caseId, ({ state }) => state === 'closed')).ledger ?? [];
    expect(told.map(({ event }) => event.type)).toContain('shape-remembered');
  });

  it('asks for another recipient, and for the same one once the uses are over', async () => {
    // Of the first test's yes one use is left, for the same person alone.
    const other = await warmLead(OTHER);
    expect([other.state, questionOf(other)?.actionId]).toEqual(['waiting', expect.stringMatching(/^add-to-nurture#/)]);
    expect(await warmLead()).toMatchObject({ state: 'closed' });
    expect(await warmLead()).toMatchObject({ state: 'waiting' });
    expect(await shapesNow()).toEqual([expect.objectContaining({ uses: 2, ended: 'it is used up' })]);
  });

  it('asks again at once when it is taken back', async () => {
    const { id } = await remembered(await warmLead(OTHER), { days: 10, maximumUses: 50 });
    expect(await warmLead(OTHER)).toMatchObject({ state: 'closed' });
    expect((await call('DELETE', `/api/shapes/${id}`)).status).toBe(400);
    expect((await call('DELETE', `/api/shapes/${id}`, { reason: 'Too many of them.' })).status).toBe(200);
    expect(await warmLead(OTHER)).toMatchObject({ state: 'waiting' });
    expect(await shapeNow(id)).toMatchObject({ uses: 1, ended: `it was taken back by ${APPROVER}` });
  });

  it('asks again when its time is over', async () => {
    const email = WARM.email.replace('@', '.three@');
    await remembered(await warmLead(email), { days: 1, maximumUses: 50 });
    expect(await warmLead(email)).toMatchObject({ state: 'closed' });
    await remit.advance(DAY_SECONDS + 1);
    expect(await warmLead(email)).toMatchObject({ state: 'waiting' });
  });

  it('is none for a mail, which cannot be taken back', async () => {
    const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('hot-lead'), name: 'Irma Irreversible' });
    const asked = await remit.waitFor(caseId, ({ state }) => state !== 'open');
    await answered(asked, 'approve');
    const refused = await call('POST', `/api/requests/${asked.requests[0]?.id}/remember`, { days: 1, maximumUses: 1 });
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining('cannot be taken back') } });
  });
});

describe('what is past', () => {
  it('tells what another rule would have meant', async () => {
    const change = { kind: 'confidence', minimumConfidence: 1 };
    const tested = await call<{ summary: string; items: number; changed: unknown[] }>(
      'POST',
      `/api/workflows/${WORKFLOW}/back-test`,
      { change },
    );
    expect(tested.status).toBe(200);
    expect(tested.body.items).toBeGreaterThan(5);
    expect(tested.body.summary).toMatch(/^\d+ of \d+ would have been asked/);
    expect((await call('POST', `/api/workflows/nothing/back-test`, { change })).status).toBe(404);
  });

  it('proposes a rule after the same was rejected three times', async () => {
    const email = WARM.email.replace('@', '.four@');
    for (let time = 0; time < 3; time += 1) await answered(await warmLead(email), 'reject');
    const proposed = await call<{ items: { sentence: string; refusals: number }[] }>(
      'GET',
      `/api/workflows/${WORKFLOW}/proposed-rules`,
    );
    expect(proposed.body.items.map(({ sentence }) => sentence)).toContainEqual(
      expect.stringMatching(new RegExp(`E-mail is "${email}".*: people rejected it 3 times in 30 days`)),
    );
  });
});
