import { describe, expect, it } from 'vitest';
import { reply } from '../../test/support/asked-lead.ts';
import { LEAD, settingsIn } from '../../test/support/lead-case.ts';
import { APPROVER, DEPUTY, WORKFLOW } from '../../test/support/leads.ts';
import { memoryPorts } from '../../test/support/memory-ports.ts';
import type { JsonObject, Phase, RequestId } from '../contracts/index.ts';
import { verifyChain } from '../domain/ledger.ts';
import { readReviewers } from './console/read-reviewers.ts';
import { type OpenRequest, openRequest } from './open-request.ts';
import { seedReview } from './seed-review.ts';
import { settleRequest } from './settle-request.ts';

const RIGHT = {
  ...{ companySizeInRange: true, hasBuyingAuthority: true, usesIntegratedStack: true, buyingIntent: 'ready' },
  ...{ mentionsCompetitor: false, mentionsUrgency: false, score: 9, tier: 'hot' },
};
const WRONG = { ...RIGHT, buyingIntent: 'none', score: 0, tier: 'cold' };

/** A known answer among the questions, with a decision that is shown. */
async function seeded(shown: JsonObject, phase: Phase = 'shadow') {
  const ports = memoryPorts();
  ports.settings.set(settingsIn(phase));
  const sources = { 'crm-history': { stage: 'none', contactedBefore: false, lastContactDays: null } };
  const receipt = await seedReview.run(ports, {
    workflow: WORKFLOW,
    by: APPROVER,
    input: LEAD,
    sources,
    shown,
    answer: RIGHT,
  });
  if (receipt.kind !== 'seeded') throw new Error(JSON.stringify(receipt));
  const [[attempt, input] = ['', {}]] = [...ports.askExecutions.started];
  const { requestId } = await openRequest.run(ports, { ...(input as OpenRequest), attempt, withMail: true });
  return { ports, caseId: receipt.caseId, requestId: requestId as RequestId };
}

describe('a question with a known answer', () => {
  it('looks like any other of its phase: nothing that a reviewer can read tells it apart', async () => {
    for (const [phase, kind] of [
      ['shadow', 'review-decision'],
      ['partial', 'decide-case'],
    ] as const) {
      const { ports, caseId, requestId } = await seeded(WRONG, phase);
      const shown = [
        await ports.requests.get(requestId),
        await ports.cases.get(caseId),
        await ports.cases.ledger(caseId),
      ];
      expect(shown[0]).toMatchObject({ kind, draft: WRONG });
      expect(JSON.stringify([shown, ports.mailer.sent])).not.toMatch(/seed|known/i);
    }
  });

  it.each([
    ['a yes to a wrong decision is wrong', WRONG, { verb: 'approve' as const }, false],
    ['a yes to the right one is right', RIGHT, { verb: 'approve' as const }, true],
    ['putting a wrong one right is right', WRONG, { verb: 'edit' as const, edits: RIGHT }, true],
    ['a no to a wrong one is right', WRONG, { verb: 'reject' as const, reason: 'Not cold.' }, true],
    ['a no to the right one is wrong', RIGHT, { verb: 'reject' as const, reason: 'No.' }, false],
  ])('%s, and executes nothing', async (_why, shown, answer, isRight) => {
    // when
    const { ports, caseId, requestId } = await seeded(shown, 'partial');
    await reply(ports, requestId, { by: APPROVER, ...answer });
    // then
    const [quality] = await reviewers(ports);
    expect(quality?.seeded).toMatchObject({ agreed: isRight ? 1 : 0, of: 1 });
    const head = await ports.cases.get(caseId);
    expect(head).toMatchObject({ state: 'closed', outcome: 'reviewed' });
    const ledger = await ports.cases.ledger(caseId);
    expect(ledger.map(({ event }) => event)).toMatchObject([
      ...[{ type: 'case-opened' }, { type: 'turn-finished' }, { type: 'decision-made' }, { type: 'request-opened' }],
      ...[{ type: 'request-answered' }, { type: 'seed-revealed', isRight }, { type: 'case-closed' }],
    ]);
    expect(verifyChain(ledger, head?.ledger).ok).toBe(true);
    expect([ports.effects.done, ports.executions.started.size]).toEqual([[], 0]);
    expect(await ports.records.get(caseId)).toBeNull();
  });

  it('counts for nobody when nobody answers', async () => {
    const { ports, caseId, requestId } = await seeded(WRONG);
    await settleRequest.run(ports, { requestId });
    expect(await ports.cases.get(caseId)).toMatchObject({ state: 'closed', outcome: 'expired' });
    expect(await reviewers(ports)).toEqual([]);
  });

  it('is put by the owner alone, and only where it fits the workflow', async () => {
    const ports = memoryPorts();
    const put = (changes: object) =>
      seedReview.run(ports, {
        workflow: WORKFLOW,
        by: APPROVER,
        input: LEAD,
        sources: {},
        shown: WRONG,
        answer: RIGHT,
        ...changes,
      });
    expect(await put({ by: DEPUTY })).toMatchObject({ kind: 'not-allowed' });
    expect(await put({ workflow: 'none' })).toMatchObject({ kind: 'unknown' });
    for (const wrong of [{ input: {} }, { answer: { tier: 'hot' } }, { sources: { other: {} } }]) {
      expect(await put(wrong)).toMatchObject({ kind: 'incomplete' });
    }
    expect(ports.tables.cases.size).toBe(0);
  });
});

async function reviewers(ports: ReturnType<typeof memoryPorts>) {
  const read = await readReviewers.run(ports, { workflow: WORKFLOW, reader: { person: APPROVER, isOperator: false } });
  return read.kind === 'read' ? read.value : [];
}
