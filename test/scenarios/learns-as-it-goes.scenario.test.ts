import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { EXPENSES, FINANCE, type Payment, samplePayment } from '../support/payments.ts';

/** No example and no entry of the books knows this shop. */
const NEW_SHOP = { merchant: 'Stempelhaus Krug', merchant_type: 'Stationery' };
const MILAN = 'milan.dvorak@remit.example';

let remit: Deployment;
let sent = 0;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

const isSettled = ({ state }: CaseAnswer) => state !== 'open';
const isClosed = ({ state }: CaseAnswer) => state === 'closed';

/** A payment in the new shop of another amount each time, decided or asked about. */
async function paid(changes: Partial<Payment & { holder: string }> = {}): Promise<CaseAnswer> {
  sent += 1;
  const own = {
    ...NEW_SHOP,
    id: `L-${sent}`,
    amount: `3${sent}.40`,
    memo: `printer paper and envelopes, week ${sent}`,
  };
  const { status, caseId } = await remit.trigger(EXPENSES, samplePayment('small-payment', { ...own, ...changes }));
  expect(status).toBe(202);
  return remit.waitFor(caseId, isSettled);
}

async function confirmed(asked: CaseAnswer): Promise<CaseAnswer> {
  const [request] = asked.requests;
  expect(request).toMatchObject({ kind: 'decide-case', state: 'open' });
  const body = JSON.stringify({ verb: 'approve', digest: request?.digest });
  const answer = await remit.api(`/api/requests/${request?.id}/answer`, { method: 'POST', body }, FINANCE);
  expect(answer.status).toBe(200);
  return remit.waitFor(asked.caseId, isClosed);
}

/** What the turn said of people's answers in cases alike; null for nothing. */
function learned({ ledger }: CaseAnswer): string | null {
  return /same card and merchant: people said ([^"]*?) lately/.exec(JSON.stringify(ledger))?.[1] ?? null;
}

async function overturn({ caseId }: CaseAnswer): Promise<void> {
  const shown = await (await remit.api(`/api/cases/${caseId}/consequences`, {}, FINANCE)).json();
  const { digest } = shown as { digest: string };
  const body = JSON.stringify({ digest, reason: 'It was the wrong shop.', decision: null });
  const done = await remit.api(`/api/cases/${caseId}/overturn`, { method: 'POST', body }, FINANCE);
  expect(done.status).toBe(200);
}

async function erase(subject: string): Promise<void> {
  const body = JSON.stringify({ subject, reason: 'He asked for it.', isDryRun: false });
  const done = await remit.api('/api/erasures', { method: 'POST', body }, 'operator@remit.example', ['operators']);
  expect(await done.json()).toMatchObject({ kind: 'erased', left: 0 });
}

describe('a shop that nobody has paid before', () => {
  it('is asked about until people have said three times what it is; what they take back counts no more', async () => {
    const first = await paid();
    expect(first).toMatchObject({ state: 'waiting', decision: { account: 'office-supplies' } });
    expect(learned(first)).toBeNull();
    await confirmed(first);
    const second = await paid({ holder: MILAN });
    expect(learned(second)).toBe('office-supplies 1 of 1 times');
    await confirmed(second);
    await confirmed(await paid());

    const alone = await paid();
    expect(alone).toMatchObject({ state: 'closed', outcome: 'done', requests: [] });
    expect(learned(alone)).toBe('office-supplies 3 of 3 times');

    // Nobody looked at that one, so it has taught nothing.
    const again = await paid();
    expect(again).toMatchObject({ state: 'closed', requests: [] });
    expect(learned(again)).toBe('office-supplies 3 of 3 times');

    await overturn(first);
    const asked = await paid();
    expect(asked).toMatchObject({ state: 'waiting' });
    expect(learned(asked)).toBe('office-supplies 2 of 2 times');

    await erase(MILAN);
    expect(learned(await paid())).toBe('office-supplies 1 of 1 times');
  });
});
