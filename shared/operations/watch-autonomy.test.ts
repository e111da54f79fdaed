import { describe, expect, it } from 'vitest';
import { MAIL, reply } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead, settingsIn } from '../../test/support/lead-case.ts';
import { APPROVER, DEPUTY, WORKFLOW } from '../../test/support/leads.ts';
import { type MemoryPorts, memoryPorts } from '../../test/support/memory-ports.ts';
import { recordDecisions } from '../../test/support/recorded-decisions.ts';
import { aReview } from '../../test/support/stored-records.ts';
import type { CaseEvent, RequestId } from '../contracts/index.ts';
import { governanceCaseId } from '../domain/governance-case.ts';
import { verifyChain } from '../domain/ledger.ts';
import { renderRequestPage } from '../pages/index.ts';
import { openFor } from './open-link.ts';
import { type OpenRequest, openRequest } from './open-request.ts';
import { performAction } from './perform-action.ts';
import { countAgainst } from './records/count-against.ts';
import { settleRequest } from './settle-request.ts';
import { watchAutonomy } from './watch-autonomy.ts';

const DAY_MS = 86_400_000;
const GOVERNANCE = governanceCaseId(WORKFLOW);

const watch = (ports: MemoryPorts) => watchAutonomy.run(ports, {});
const own = async (ports: MemoryPorts) => (await ports.settings.get(WORKFLOW)).own;

async function eventsOf<T extends CaseEvent['type']>(ports: MemoryPorts, type: T) {
  const ledger = await ports.cases.ledger(GOVERNANCE);
  return ledger
    .map(({ event }) => event)
    .filter((event): event is Extract<CaseEvent, { type: T }> => event.type === type);
}

/** Ports in a phase with a record. */
function recorded(phase: 'shadow' | 'partial' | 'full', record: Parameters<typeof recordDecisions>[1]): MemoryPorts {
  const ports = memoryPorts();
  ports.settings.set(settingsIn(phase));
  recordDecisions(ports, record);
  return ports;
}

/** Puts the proposals' questions, as the machine `ask` does. */
async function asked(ports: MemoryPorts): Promise<RequestId> {
  const [[attempt, input] = ['', {}]] = [...ports.askExecutions.started].slice(-1);
  const { requestId } = await openRequest.run(ports, { ...(input as OpenRequest), attempt, withMail: true });
  return requestId as RequestId;
}

describe('a good record', () => {
  it('makes a proposal to the owner and no change of phase', async () => {
    const ports = recorded('shadow', { right: 197, wrong: 3 });
    expect(await watch(ports)).toEqual({ proposed: 1, steppedBack: 0, told: 0 });
    const request = await ports.requests.get(await asked(ports));
    expect(await own(ports)).toEqual(settingsIn('shadow'));
    expect(request).toMatchObject({
      ...{ kind: 'change-phase', people: [APPROVER], nextPeople: [], verbs: ['approve', 'reject'], quorum: 1 },
      question: 'Lead qualification: may it go from phase shadow to partial? All cases of Lead qualification.',
      draft: {
        from: 'shadow',
        to: 'partial',
        agreement: { agreed: 197, of: 200, lowerPercent: 95.7, upperPercent: 99.5 },
      },
    });
    const mail = ports.mailer.to(APPROVER)[0];
    expect(mail?.subject).toBe('More freedom? Lead qualification');
    expect(mail?.text).not.toMatch(/shadow \(executes nothing\)/i);
  });

  it('shows beside it what the version did on labelled cases, by the digest of that report, where it is on record', async () => {
    const ports = recorded('shadow', { right: 197, wrong: 3 });
    const [failed, report] = [1, '/api/evaluations/e'];
    const measured = { segment: 'all', decisions: 200, agreed: 196, failed, evaluatedAtMs: 1, report };
    const own = { ...measured, version: 'w'.repeat(64), reportDigest: 'd'.repeat(64) };
    const evaluations = [own, { ...measured, version: 'another', agreed: 1 }];
    ports.settings.set({ ...settingsIn('shadow'), evaluations });
    await watch(ports);
    const request = await ports.requests.get(await asked(ports));
    const shown = { agreed: 196, of: 200, failed: 1, report, reportDigest: 'd'.repeat(64) };
    expect(request?.draft).toMatchObject({ evaluation: shown, agreement: { agreed: 197, of: 200 } });
    expect(JSON.stringify(request)).toContain(
      'right in 196 of 200 that it decided without a person: 95 to 99.2 % (/api/evaluations/e, digest dddd',
    );
    expect(await eventsOf(ports, 'promotion-proposed')).toMatchObject([{ evidence: { evaluation: shown } }]);
  });

  it('is shown on its page with names for each figure', async () => {
    const ports = recorded('shadow', { right: 197, wrong: 3 });
    await watch(ports);
    const found = await openFor(ports, await asked(ports), APPROVER);
    const page = found === null ? '' : renderRequestPage(found.view).body;
    for (const name of ['Agreement of agent and people', 'At least (%)', 'Failed at most (%)'])
      expect(page).toContain(name);
    expect(page).not.toContain('Lower percent');
  });

  it('is proposed once, however often the watch looks, and asked again where the question got lost', async () => {
    const ports = recorded('shadow', { right: 80 });
    await watch(ports);
    ports.askExecutions.started.clear();
    expect((await watch(ports)).proposed).toBe(0);
    expect(ports.askExecutions.started.size).toBe(1);
    await asked(ports);
    ports.askExecutions.started.clear();
    expect((await watch(ports)).proposed).toBe(0);
    expect(ports.askExecutions.started.size).toBe(0);
    expect(await eventsOf(ports, 'promotion-proposed')).toHaveLength(1);
  });

  it('gives the phase by the owner’s yes, in the write that takes it, and no other way', async () => {
    const ports = recorded('shadow', { right: 197, wrong: 3 });
    await watch(ports);
    const requestId = await asked(ports);
    expect(await reply(ports, requestId, { by: DEPUTY, reason: 'Good.' })).toMatchObject({ kind: 'not-allowed' });
    expect(await reply(ports, requestId)).toMatchObject({ kind: 'incomplete' });
    expect((await own(ports))?.phase).toBe('shadow');
    expect(await reply(ports, requestId, { reason: 'The figures hold.' })).toMatchObject({ kind: 'answered' });
    expect(await own(ports)).toMatchObject({
      ...{ phase: 'partial', revision: 2, earnedUnder: { all: 'w'.repeat(64) } },
      phaseSinceMs: { all: ports.clock.nowMs() },
    });
    expect(await eventsOf(ports, 'phase-changed')).toMatchObject([
      {
        by: APPROVER,
        proof: 'mail-code',
        reason: 'The figures hold.',
        from: 'shadow',
        to: 'partial',
        because: 'promotion',
      },
    ]);
    const head = await ports.cases.get(GOVERNANCE);
    expect(verifyChain(await ports.cases.ledger(GOVERNANCE), head?.ledger).ok).toBe(true);
  });

  it('proves nothing twice: after the step up the count begins anew', async () => {
    const ports = recorded('shadow', { right: 200 });
    await watch(ports);
    await reply(ports, await asked(ports), { reason: 'Yes.' });
    ports.clock.advance(DAY_MS);
    expect((await watch(ports)).proposed).toBe(0);
    recordDecisions(ports, { right: 80, phase: 'partial' });
    expect((await watch(ports)).proposed).toBe(1);
  });

  it('is not proposed again in the cool-down after a no', async () => {
    const ports = recorded('shadow', { right: 200 });
    await watch(ports);
    await reply(ports, await asked(ports), { verb: 'reject', reason: 'Not before the summer.' });
    expect(await own(ports)).toMatchObject({
      phase: 'shadow',
      coolDownUntilMs: { all: ports.clock.nowMs() + 14 * DAY_MS },
    });
    ports.clock.advance(14 * DAY_MS - 1);
    expect((await watch(ports)).proposed).toBe(0);
    ports.clock.advance(1);
    expect((await watch(ports)).proposed).toBe(1);
  });

  it('changes nothing when nobody answers, and may be proposed again', async () => {
    const ports = recorded('shadow', { right: 200 });
    await watch(ports);
    await settleRequest.run(ports, { requestId: await asked(ports) });
    expect((await own(ports))?.phase).toBe('shadow');
    expect((await watch(ports)).proposed).toBe(1);
  });

  it('is withdrawn when the phase changed meanwhile, and a late yes gives nothing', async () => {
    const ports = recorded('partial', { right: 200 });
    await watch(ports);
    const requestId = await asked(ports);
    ports.settings.set(settingsIn('shadow', { revision: 9 }));
    expect(await reply(ports, requestId, { reason: 'Yes.' })).toMatchObject({ kind: 'incomplete' });
    expect(await own(ports)).toEqual(settingsIn('shadow', { revision: 9 }));
    await watch(ports);
    expect((await ports.requests.get(requestId))?.state).toBe('cancelled');
    expect(await reply(ports, requestId, { reason: 'Yes.' })).toMatchObject({ kind: 'settled' });
    expect((await own(ports))?.phase).toBe('shadow');
  });

  it('is given once where two yes answers come at once', async () => {
    const ports = recorded('shadow', { right: 200 });
    await watch(ports);
    const requestId = await asked(ports);
    const both = await Promise.all([
      reply(ports, requestId, { reason: 'A.' }),
      reply(ports, requestId, { reason: 'B.' }),
    ]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['answered', 'settled']);
    expect((await own(ports))?.revision).toBe(2);
  });
});

describe('a bad window', () => {
  it('steps back by itself, with one line of reason, a cool-down and a mail to the owner', async () => {
    const ports = recorded('full', { right: 20, wrong: 6, phase: 'full', standing: 'reviewed' });
    expect(await watch(ports)).toEqual({ proposed: 0, steppedBack: 1, told: 1 });
    const reason = '6 of the latest 26 decisions went wrong (6 overridden); 5 are allowed.';
    expect(await own(ports)).toMatchObject({
      ...{ phase: 'partial', revision: 2, coolDownUntilMs: { all: ports.clock.nowMs() + 14 * DAY_MS } },
    });
    expect(await eventsOf(ports, 'phase-changed')).toMatchObject([
      { by: 'remit', proof: null, reason, from: 'full', to: 'partial', because: 'step-back', cases: { length: 6 } },
    ]);
    const [mail] = ports.mailer.to(APPROVER);
    expect(mail?.subject).toBe('Stepped back to partial: Lead qualification');
    expect(mail?.text).toContain(reason);
  });

  it('steps back once for the same window, and proposes nothing in the cool-down', async () => {
    const ports = recorded('full', { right: 20, wrong: 6, phase: 'full' });
    await watch(ports);
    expect(await watch(ports)).toEqual({ proposed: 0, steppedBack: 0, told: 0 });
    recordDecisions(ports, { right: 100, phase: 'partial', decidedAtMs: ports.clock.nowMs() + 1 });
    ports.clock.advance(DAY_MS);
    expect((await watch(ports)).proposed).toBe(0);
    ports.clock.advance(14 * DAY_MS);
    expect((await watch(ports)).proposed).toBe(1);
  });

  it('is mailed the next time where the mail fails', async () => {
    const ports = recorded('full', { right: 20, wrong: 6, phase: 'full' });
    ports.mailer.throttle(1);
    await expect(watch(ports)).rejects.toThrow('could not be watched');
    expect((await own(ports))?.phase).toBe('partial');
    expect((await watch(ports)).told).toBe(1);
    expect(ports.mailer.to(APPROVER)).toHaveLength(1);
  });

  it('steps back at once on a breach, where it is put on record', async () => {
    const { ports } = await decidedLead();
    expect(
      await countAgainst.run(ports, {
        caseId: CASE_ID,
        kind: 'breach',
        by: 'remit',
        fields: [],
        reason: 'A cap.',
        event: null,
      }),
    ).toBe(true);
    expect((await own(ports))?.phase).toBe('shadow');
    expect(await eventsOf(ports, 'phase-changed')).toMatchObject([
      { reason: `A breach in case ${CASE_ID.slice(0, 8)}: A cap.` },
    ]);
  });

  it('steps back at once on the answer that is one too many, and a waiting action then takes the stricter phase', async () => {
    // given
    const { ports } = await decidedLead();
    recordDecisions(ports, { right: 10, wrong: 5, phase: 'partial' });
    const { requestId } = await openRequest.run(ports, {
      ...{ caseId: CASE_ID, kind: 'approve-action', actionId: MAIL, attempt: 'a', problem: null, withMail: false },
    });
    // when
    await reply(ports, requestId as RequestId, { verb: 'reject', reason: 'We know her.' });
    // then
    expect((await own(ports))?.phase).toBe('shadow');
    const waiting = performAction.run(ports, { caseId: CASE_ID, actionId: 'post-to-sales-hot#2' });
    await expect(waiting).rejects.toThrow('The workflow is in shadow: nothing is done.');
    expect(ports.effects.done).toEqual([]);
  });

  it('looks at every workflow though one of them fails', async () => {
    const ports = recorded('full', { right: 20, wrong: 6, phase: 'full' });
    const [first] = ports.workflows;
    if (first === undefined) throw new Error('there is no workflow');
    const broken = { ...first, id: 'broken' };
    const versionsOf = (id: string) => {
      if (id === 'broken') throw new Error('no version');
      return ports.versionsOf();
    };
    const run = watchAutonomy.run({ ...ports, workflows: [broken, first], versionsOf }, {});
    await expect(run).rejects.toThrow('1 workflows could not be watched');
    expect((await own(ports))?.phase).toBe('partial');
  });
});

describe('hasty answers', () => {
  const hasty = (ports: MemoryPorts, count: number) => {
    for (let at = 0; at < count; at += 1) {
      const requestId = `r-${ports.tables.reviews.size}`;
      const review = { caseId: CASE_ID, requestId, person: DEPUTY, atMs: ports.clock.nowMs(), tookMs: 1_500 };
      ports.tables.reviews.set(requestId, JSON.stringify(aReview(review)));
    }
  };

  it('are pointed out to the person first, and to the owner only if they go on', async () => {
    const ports = memoryPorts();
    hasty(ports, 10);
    expect((await watch(ports)).told).toBe(1);
    expect(ports.mailer.to(DEPUTY).map(({ subject }) => subject)).toEqual(['Please take a second look']);
    ports.clock.advance(1);
    expect((await watch(ports)).told).toBe(0);
    hasty(ports, 10);
    expect((await watch(ports)).told).toBe(1);
    expect(ports.mailer.to(APPROVER).map(({ subject }) => subject)).toEqual([
      'Answers given in haste: Lead qualification',
    ]);
    expect(ports.mailer.to(DEPUTY)).toHaveLength(1);
  });
});
