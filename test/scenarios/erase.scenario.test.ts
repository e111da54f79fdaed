import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainVerdict } from '../../scripts/verify.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { sampleLead, WORKFLOW } from '../support/leads.ts';

const ADA = {
  ...sampleLead('hot-lead'),
  name: 'Adalinde Quistorp',
  email: 'Adalinde.Quistorp@havenlicht.example',
  message: `${sampleLead('hot-lead').message} Our zebrafinch terminals are waiting for it.`,
};
/** What only the erased person said and is called. */
const WORDS = ['adalinde', 'quistorp', 'zebrafinch'];
const BEN = { ...sampleLead('hot-lead'), name: 'Benedikt Ovelgönne', email: 'benedikt@havenlicht.example' };

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

const isAsked = ({ state }: CaseAnswer): boolean => state === 'waiting';
const isClosed = ({ state }: CaseAnswer): boolean => state === 'closed';

async function erase(body: object, user = 'operator@remit.example', groups = ['operators']): Promise<Answer> {
  const init = { method: 'POST', body: JSON.stringify({ subject: 'adalinde.quistorp@HAVENLICHT.example', ...body }) };
  const answer = await remit.api('/api/erasures', init, user, groups);
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

interface Answer {
  readonly status: number;
  readonly body: { kind?: string; message?: string; left?: number; cases?: { caseId: string; counts: object }[] };
}

describe('a person is erased', () => {
  it('of two cases about one company, from everything that is kept', async () => {
    const ada = await approved(ADA);
    const ben = await approved(BEN);

    expect(await erase({ isDryRun: true })).toMatchObject({
      status: 200,
      body: { kind: 'found', left: 0, cases: [{ caseId: ada, waits: false }] },
    });
    const before = await remit.waitFor(ben, isClosed);
    expect(await erase({ isDryRun: false, reason: 'She asked for it.' })).toMatchObject({
      status: 200,
      body: { kind: 'erased', left: 0, cases: [{ caseId: ada }] },
    });

    await remit.runtime.whenIdle();
    console.log(JSON.stringify(found(remit.home), null, 1));
    const after = (await remit.waitFor(ada, isClosed)) as CaseAnswer & Record<string, unknown>;
    expect(chainVerdict(after)).toMatchObject({ isWhole: true });
    expect(after.ledger?.at(-1)?.event).toMatchObject({ type: 'subject-erased', by: 'operator@remit.example' });
    expect(await remit.waitFor(ben, isClosed)).toEqual(before);
  });
});

async function approved(lead: typeof ADA): Promise<string> {
  const { caseId } = await remit.trigger(WORKFLOW, lead);
  for (;;) {
    const { state, requests } = await remit.waitFor(caseId, (found) => isAsked(found) || isClosed(found));
    if (state === 'closed') return caseId;
    const request = requests.find((one) => one.state === 'open');
    if (request === undefined) continue;
    const body = JSON.stringify({ verb: 'approve', digest: request.digest, reason: `Good for ${lead.name}.` });
    await remit.api(`/api/requests/${request.id}/answer`, { method: 'POST', body });
    await remit.waitFor(caseId, (found) => found.requests.find(({ id }) => id === request.id)?.state !== 'open');
  }
}

/** Values of the database that hold a word of hers, by table and column. */
function found(home: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const file of readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name === 'data.sqlite',
  )) {
    const db = new DatabaseSync(join(home, file), { readOnly: true });
    for (const { name } of db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()) {
      for (const row of db.prepare(`SELECT * FROM "${name}"`).iterate()) {
        for (const [column, value] of Object.entries(row)) {
          const text = value instanceof Uint8Array ? Buffer.from(value).toString() : String(value);
          const words = WORDS.filter((word) => text.toLowerCase().includes(word));
          if (words.length > 0)
            counts[`${name}.${column}: ${words}`] = (counts[`${name}.${column}: ${words}`] ?? 0) + 1;
        }
      }
    }
    db.close();
  }
  return counts;
}
