import { describe, expect, it } from 'vitest';
import { CaseMachine, type Person } from '../../../test/support/case-machine.ts';
import { CrashError, CrashingPorts } from '../../../test/support/crashing-ports.ts';
import { CASE_ID, caseStart, HOT, LEAD, modelAnswer, READABLE, settingsIn } from '../../../test/support/lead-case.ts';
import { WORKFLOW } from '../../../test/support/leads.ts';
import { type MemoryPorts, memoryPorts } from '../../../test/support/memory-ports.ts';
import { caseIdOf } from '../../domain/case-id.ts';
import { verifyChain } from '../../domain/ledger.ts';
import { TooManyLettersError } from '../../ports/index.ts';
import { eraseSubject } from './erase-subject.ts';

const ADA = { ...LEAD, name: 'Ada Zebrafinch', email: 'Ada@Zebrafinch.example', message: 'My quokka wants a demo.' };
/** Nothing else holds these. */
const WORDS = /.{0,40}(?:zebrafinch|quokka).{0,20}/gi;
const OTHER = caseIdOf({ workflow: WORKFLOW, trigger: 'contact-form', eventId: 'msg_2' });
const OPERATOR = { person: 'operator@remit.example', isOperator: true };
const WISH = {
  subject: 'ada@zebrafinch.example',
  reason: 'She asked for it.',
  isDryRun: false,
  atMost: 5,
  after: '',
} as const;
const ASKED = { ...WISH, reader: OPERATOR, proof: 'sign-in' } as const;

const approves: Person = () => 'approve';
/** Decides otherwise than the agent, in words about her: an example is made of it. */
const rejects: Person = () => 'reject';

/** A case of hers and one of somebody else, both at their end. */
async function played(person: Person = approves, confidence = 0.5, other = LEAD): Promise<MemoryPorts> {
  const reasons = ['She asks for a demo of her quokka.'];
  const models = [modelAnswer(HOT, { confidence, reasons, doubts: reasons }), modelAnswer(HOT, { confidence })];
  const ports = memoryPorts({ models, sources: READABLE });
  ports.settings.set(settingsIn('partial'));
  const run = (start: ReturnType<typeof caseStart>): Promise<void> =>
    new CaseMachine(new CrashingPorts(ports, null), person, async () => undefined).run(start);
  await run(caseStart({ input: ADA }));
  await run(caseStart({ caseId: OTHER, eventId: 'msg_2', input: other }));
  return ports;
}

function kept(ports: MemoryPorts): string {
  const { tables, readings } = ports;
  const all = Object.values(tables).map((table: Map<string, unknown> | Set<string>) => [...table]);
  return JSON.stringify([all, [...readings.kept]]);
}

function leaks(text: string): string[] {
  return text.match(WORDS) ?? [];
}

describe('a person who is to be erased', () => {
  it('stands in a case whose events say so, before', async () => {
    expect(leaks(kept(await played())).length).toBeGreaterThan(20);
  });

  it.each([
    ['approved', approves],
    ['rejected', rejects],
  ])('is nowhere afterwards, where people %s what the agents wanted', async (_what, person) => {
    const ports = await played(person);
    const answer = await eraseSubject.run(ports, ASKED);
    expect(answer).toMatchObject({ kind: 'erased', left: 0, cases: [{ caseId: CASE_ID }] });
    expect(leaks(kept(ports))).toEqual([]);
  });

  it('is nowhere in what an operator who looks first is shown, and nothing is removed by that', async () => {
    const ports = await played();
    const before = kept(ports);
    const answer = await eraseSubject.run(ports, { ...ASKED, isDryRun: true, reason: '' });
    expect(leaks(JSON.stringify(answer))).toEqual([]);
    expect(answer).toMatchObject({ kind: 'found', cases: [{ caseId: CASE_ID, workflow: WORKFLOW, waits: false }] });
    expect(kept(ports) === before).toBe(true);
  });

  it('leaves a record that verifies, says what was done to it, and still says who answered what', async () => {
    const ports = await played();
    const before = await ports.cases.ledger(CASE_ID);
    await eraseSubject.run(ports, ASKED);
    const after = await ports.cases.ledger(CASE_ID);
    expect(verifyChain(after, (await ports.cases.get(CASE_ID))?.ledger)).toMatchObject({ ok: true });
    expect(after.slice(0, -1).map(({ hash, event }) => [hash, event.type])).toEqual(
      before.map(({ hash, event }) => [hash, event.type]),
    );
    expect(after.at(-1)?.event).toMatchObject({
      ...{ type: 'subject-erased', by: 'operator@remit.example', proof: 'sign-in', reason: 'She asked for it.' },
      fields: ['email', 'name'],
      counts: { head: expect.any(Number), ledger: expect.any(Number), actions: 3, 'decision-records': 1 },
    });
    const answers = after.flatMap(({ event }) => (event.type === 'request-answered' ? [event.answer] : []));
    expect(answers[0]).toMatchObject({ verb: 'approve', by: expect.stringContaining('@'), proof: expect.any(String) });
  });

  it('changes nothing of anybody else', async () => {
    const ports = await played();
    const [before, ledger] = [await ports.cases.get(OTHER), await ports.cases.ledger(OTHER)];
    await eraseSubject.run(ports, ASKED);
    expect([await ports.cases.get(OTHER), await ports.cases.ledger(OTHER)]).toEqual([before, ledger]);
  });

  it('can be read by everything that reads cases, afterwards too', async () => {
    const ports = await played();
    await eraseSubject.run(ports, ASKED);
    const [head, actions, requests, record] = await Promise.all([
      ports.cases.get(CASE_ID),
      ports.cases.actions(CASE_ID),
      ports.requests.ofCase(CASE_ID),
      ports.records.get(CASE_ID),
    ]);
    expect(head).toMatchObject({ input: { erased: true }, state: 'closed', erasedAtMs: expect.any(Number) });
    expect(actions.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(requests.every(({ question }) => question === '[erased]')).toBe(true);
    expect(record?.compared.length).toBeGreaterThan(0);
  });

  it('is found in a case that holds too many people to list it under each, and the others of it no more', async () => {
    const text = Array.from({ length: 30 }, (_, at) => `p${at}@desk.example`).join('; ');
    const ports = memoryPorts();
    ports.settings.set(settingsIn('partial'));
    const input = { text: `${text}; Ada@Zebrafinch.example` };
    const start = caseStart({ input, problems: ['It does not fit.'] });
    await new CaseMachine(new CrashingPorts(ports, null), (() => 'take-over') as Person, async () => undefined).run(
      start,
    );
    const look = { ...ASKED, isDryRun: true };
    expect(await eraseSubject.run(ports, { ...look, subject: 'nobody@desk.example' })).toMatchObject({ cases: [] });
    expect(await eraseSubject.run(ports, look)).toMatchObject({ cases: [{ caseId: CASE_ID }] });
    expect(await eraseSubject.run(ports, { ...look, subject: 'p29@desk.example' })).toMatchObject({
      left: 0,
      cases: [{}],
    });
    expect(await eraseSubject.run(ports, ASKED)).toMatchObject({ kind: 'erased', cases: [{ caseId: CASE_ID }] });
    expect(leaks(kept(ports))).toEqual([]);
    expect(await eraseSubject.run(ports, look)).toMatchObject({ cases: [] });
  });

  it('is found and erased some cases at a time, where there are many', async () => {
    const ports = await played(approves, 0.5, ADA);
    const both = [CASE_ID, OTHER].toSorted();
    const look = { ...ASKED, isDryRun: true, atMost: 1 };
    expect(await eraseSubject.run(ports, look)).toMatchObject({ cases: [{ caseId: both[0] }], left: 1 });
    const more = await eraseSubject.run(ports, { ...look, after: both[0] ?? '' });
    expect(more).toMatchObject({ cases: [{ caseId: both[1] }], left: 0 });
    expect(await eraseSubject.run(ports, { ...ASKED, atMost: 1 })).toMatchObject({ kind: 'erased', left: 1 });
    expect(await eraseSubject.run(ports, { ...ASKED, atMost: 1 })).toMatchObject({ kind: 'erased', left: 0 });
    expect(leaks(kept(ports))).toEqual([]);
  });

  it('is not looked for where there are more dead letters than can be looked at, and whoever asks is told what to do', async () => {
    const ports = memoryPorts();
    ports.deadLetters.lookThrough = async () => {
      throw new TooManyLettersError(1_000);
    };
    const problem = expect.stringMatching(/more than 1000 dead letters: set them going again/);
    expect(await eraseSubject.run(ports, { ...ASKED, isDryRun: true })).toEqual({ kind: 'incomplete', problem });
  });

  it('wrote a mail, which goes as it came, before the case forgets where it is', async () => {
    const mail = { bucket: 'mails', key: 'mail/support/m-1' };
    const ports = memoryPorts();
    ports.settings.set(settingsIn('partial'));
    const start = { ...caseStart({ input: ADA, problems: ['It is in doubt.'] }), mail };
    await new CaseMachine(new CrashingPorts(ports, null), (() => 'take-over') as Person, async () => undefined).run(
      start,
    );
    ports.files.stored.set('mails/mail/support/m-1', Buffer.from('From: ada'));
    expect(await eraseSubject.run(ports, { ...ASKED, isDryRun: true })).toMatchObject({
      cases: [{ counts: { mails: 1 } }],
    });
    expect(ports.files.stored.size).toBe(1);
    expect(await eraseSubject.run(ports, ASKED)).toMatchObject({ kind: 'erased', cases: [{ counts: { mails: 1 } }] });
    expect(ports.files.stored.size).toBe(0);
    expect(JSON.stringify(await ports.cases.ledger(CASE_ID))).not.toContain('m-1');
  });

  it('is not there for a second time', async () => {
    const ports = await played();
    await eraseSubject.run(ports, ASKED);
    const once = kept(ports);
    expect(await eraseSubject.run(ports, ASKED)).toEqual({ kind: 'erased', cases: [], left: 0, besideCases: [] });
    expect(kept(ports) === once).toBe(true);
  });
});

describe('an erasure that breaks off', () => {
  it.each(['before', 'after'] as const)(
    '%s any write is finished by the next one, and is on record once',
    async (moment) => {
      const whole = new CrashingPorts(await played(), null);
      await eraseSubject.run(whole.ports, ASKED);
      expect(whole.writes).toBeGreaterThan(10);
      for (let write = 1; write <= whole.writes; write += 1) {
        const ports = await played();
        const crashing = new CrashingPorts(ports, { write, moment, manner: 'dies' });
        await expect(eraseSubject.run(crashing.ports, ASKED)).rejects.toThrow(CrashError);
        crashing.revive();
        await eraseSubject.run(ports, ASKED);
        expect(leaks(kept(ports))).toEqual([]);
        expect([...ports.tables.erasableBy].some((key) => key.endsWith(CASE_ID))).toBe(false);
        const ledger = await ports.cases.ledger(CASE_ID);
        expect(ledger.filter(({ event }) => event.type === 'subject-erased')).toHaveLength(1);
        expect(verifyChain(ledger, (await ports.cases.get(CASE_ID))?.ledger)).toMatchObject({ ok: true });
      }
    },
  );
});

describe('nothing is erased', () => {
  it('of a case that waits', async () => {
    const ports = memoryPorts({ models: [modelAnswer(HOT, { confidence: 0.5 })], sources: READABLE });
    ports.settings.set(settingsIn('partial'));
    const waits: Person = () => {
      throw new CrashError('nobody is there');
    };
    const machine = new CaseMachine(new CrashingPorts(ports, null), waits, async () => undefined);
    await machine.run(caseStart({ input: ADA })).catch(() => undefined);
    const before = kept(ports);
    expect(await eraseSubject.run(ports, ASKED)).toMatchObject({
      kind: 'waiting',
      cases: [{ caseId: CASE_ID, waits: true }],
    });
    expect(kept(ports) === before).toBe(true);
  });

  it.each([
    ['for an approver', { reader: { person: 'sales-deputy@remit.example', isOperator: false } }, 'not-allowed'],
    ['for a stranger', { reader: { person: 'someone@else.example', isOperator: false } }, 'not-allowed'],
    ['without a reason', { reason: '' }, 'incomplete'],
    ['for a reason that names the person', { reason: 'Ada@zebrafinch.example wrote to us.' }, 'incomplete'],
  ] as const)('%s', async (_who, changes, kind) => {
    const ports = await played();
    const before = kept(ports);
    expect(await eraseSubject.run(ports, { ...ASKED, ...changes })).toMatchObject({ kind });
    expect(kept(ports) === before).toBe(true);
  });
});
