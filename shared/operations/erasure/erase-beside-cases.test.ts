import { describe, expect, it } from 'vitest';
import { APPROVER, DEPUTY, WORKFLOW } from '../../../test/support/leads.ts';
import { memoryPorts } from '../../../test/support/memory-ports.ts';
import type { CaseEvent } from '../../contracts/index.ts';
import { governanceCaseId } from '../../domain/governance-case.ts';
import type { StoredDocument } from '../../ports/index.ts';
import { eraseSubject } from './erase-subject.ts';

const OPERATOR = { person: 'operator@remit.example', isOperator: true };
const ASKED = {
  ...{ subject: 'Ada@Desk.example', reason: 'She asked for it.', isDryRun: false, atMost: 5, after: '' },
  ...{ reader: OPERATOR, proof: 'sign-in' as const },
};
const row = (at: number): StoredDocument => ({ place: 'evaluation-rows', key: { at }, body: null });

/** Reports of one workflow that hold two rows of her, and of whom nobody has a case. */
function world() {
  const ports = memoryPorts();
  const kept = new Map([row(1), row(2)].map((one) => [one.key['at'], one]));
  const asked: string[] = [];
  const besideCases = async (workflow: string, names: readonly string[]) => {
    asked.push(workflow);
    return workflow === WORKFLOW && names.includes('ada@desk.example') ? [...kept.values()] : [];
  };
  const remove = async ({ key }: StoredDocument) => {
    const events = (await ports.cases.ledger(governanceCaseId(WORKFLOW))).map(({ event }) => event);
    expect(events.at(-1)?.type).toBe('subject-erased');
    kept.delete(key['at']);
  };
  Object.assign(ports.erasures, { besideCases, remove });
  return { ports, kept, asked };
}

async function lastEvent({ ports }: ReturnType<typeof world>): Promise<CaseEvent | undefined> {
  return (await ports.cases.ledger(governanceCaseId(WORKFLOW))).at(-1)?.event;
}

describe('a person who stands in labelled examples, and in no case', () => {
  it('is found in the reports that were made of them, and nothing is removed by looking', async () => {
    const { ports, kept } = world();
    const found = await eraseSubject.run(ports, { ...ASKED, isDryRun: true });
    const besideCases = [{ workflow: WORKFLOW, counts: { 'evaluation-rows': 2 } }];
    expect(found).toEqual({ kind: 'found', cases: [], left: 0, besideCases });
    expect(kept.size).toBe(2);
    expect(await eraseSubject.run(ports, { ...ASKED, isDryRun: true, after: 'x' })).toMatchObject({ besideCases: [] });
  });

  it('is taken out of them, after the governance ledger says who had it done, why and how much', async () => {
    const w = world();
    const erased = await eraseSubject.run(w.ports, ASKED);
    expect(erased).toMatchObject({ kind: 'erased', besideCases: [{ counts: { 'evaluation-rows': 2 } }] });
    expect(w.kept.size).toBe(0);
    expect(await lastEvent(w)).toEqual({
      ...{ type: 'subject-erased', by: OPERATOR.person, proof: 'sign-in', reason: 'She asked for it.' },
      ...{ because: 'asked', fields: ['email'], counts: { 'evaluation-rows': 2 } },
    });
    expect(await eraseSubject.run(w.ports, ASKED)).toMatchObject({ kind: 'erased', besideCases: [] });
  });

  it('is taken out of the dead letters: by whoever owns the workflow of one, and by operators out of all', async () => {
    const letter = (workflow: string) =>
      JSON.stringify({ workflow, trigger: 't', eventId: 'e', receivedAt: '2026-03-02T09:00:00Z', body: ASKED.subject });
    const letters = [letter(WORKFLOW), letter('gone-by-now'), `From: ${ASKED.subject}`, letter('x').replace(/@/, ' ')];
    const { ports } = world();
    ports.deadLetters.texts = letters;
    const owner = { ...ASKED, reader: { person: APPROVER, isOperator: false } };
    const counts = { 'evaluation-rows': 2, 'dead-letters': 1 };
    expect(await eraseSubject.run(ports, { ...owner, isDryRun: true })).toMatchObject({ besideCases: [{ counts }] });
    expect(ports.deadLetters.texts).toEqual(letters);
    expect(await eraseSubject.run(ports, owner)).toMatchObject({ besideCases: [{ workflow: WORKFLOW, counts }] });
    expect(ports.deadLetters.texts).toEqual(letters.slice(1));
    const left = { besideCases: [{ workflow: null, counts: { 'dead-letters': 2 } }] };
    expect(await eraseSubject.run(ports, ASKED)).toMatchObject(left);
    expect(ports.deadLetters.texts).toEqual(letters.slice(3));
  });

  it('is looked for in all workflows by an operator, and in their own by whoever owns one', async () => {
    const all = world();
    await eraseSubject.run(all.ports, ASKED);
    expect(all.asked.length).toBe(all.ports.workflows.length);
    const own = world();
    await eraseSubject.run(own.ports, { ...ASKED, reader: { person: APPROVER, isOperator: false } });
    expect(own.asked).toContain(WORKFLOW);
    expect(own.kept.size).toBe(0);
    const deputy = world();
    await eraseSubject.run(deputy.ports, { ...ASKED, reader: { person: DEPUTY, isOperator: false } });
    expect([deputy.asked, deputy.kept.size]).toEqual([[], 2]);
  });
});
