import { describe, expect, it } from 'vitest';
import { workflows } from '../../../agents/index.ts';
import { APPROVER, WORKFLOW } from '../../../test/support/leads.ts';
import { memoryPorts } from '../../../test/support/memory-ports.ts';
import { openWrite } from '../../../test/support/store-contract/store-fixture.ts';
import { aCase } from '../../../test/support/stored-examples.ts';
import type { CaseId } from '../../contracts/index.ts';
import { caseIdOf } from '../../domain/case-id.ts';
import { MANY_SUBJECTS } from '../../domain/erasure/subjects.ts';
import { membershipOf } from '../../domain/team-members.ts';
import { EraseSubject, eraseSubject } from './erase-subject.ts';

const ADA = 'ada@desk.example';
const LOOKING = { ...{ subject: ADA, reason: 'Asked for.', atMost: 1, after: '' }, proof: 'sign-in' as const };
const OWNER = { person: APPROVER, isOperator: false };
const OPERATOR = { person: 'operator@remit.example', isOperator: true };
const THEIRS = workflows.find((one) => membershipOf(one, APPROVER) !== 'owner')?.id ?? 'none';

/** Closed cases of her, in the order of their ids, one of each of these workflows. */
async function world(...of: readonly string[]) {
  const ports = memoryPorts();
  const ids = of.map((_, at) => caseIdOf({ workflow: WORKFLOW, trigger: 't', eventId: `${at}` })).toSorted();
  for (const [at, id] of ids.entries()) await opened(ports, id, of[at] ?? '', ADA);
  return { ports, ids };
}

async function opened(ports: ReturnType<typeof memoryPorts>, id: CaseId, workflow: string, list: string) {
  const case_ = aCase({ id, workflow, input: { email: ADA }, problems: ['It does not fit.'], state: 'closed' });
  const subjects = [await ports.subjects.of(list)];
  await ports.cases.commit({ ...openWrite(case_), erasableBy: { subjects, day: '2026-03-02' } });
}

describe('somebody who stands in workflows of two teams', () => {
  it.each([
    ['first', [THEIRS, WORKFLOW]],
    ['last', [WORKFLOW, THEIRS]],
  ])('is neither shown nor erased to the owner of one, whose own case comes not %s', async (_where, of) => {
    for (const isDryRun of [true, false]) {
      const {
        ports,
        ids: [one = ''],
      } = await world(...of);
      const answer = await eraseSubject.run(ports, { ...LOOKING, isDryRun, reader: OWNER });
      expect(answer).toEqual({ kind: 'not-allowed', problem: expect.any(String) });
      const further = await eraseSubject.run(ports, { ...LOOKING, isDryRun, after: one, reader: OWNER });
      expect(further.kind).toBe('not-allowed');
      expect(JSON.stringify([...ports.tables.cases])).not.toContain('erased');
    }
  });

  it('is erased by an operator', async () => {
    const { ports } = await world(WORKFLOW, THEIRS);
    const all = { ...LOOKING, atMost: 5, isDryRun: false, reader: OPERATOR };
    expect(await eraseSubject.run(ports, all)).toMatchObject({ kind: 'erased', cases: [{}, {}], left: 0 });
  });
});

it('whoever owns no workflow is told the same of somebody who is known as of anybody else', async () => {
  const stranger = { ...LOOKING, isDryRun: true, reader: { person: 'someone@else.example', isOperator: false } };
  const [known, unknown] = [await world(WORKFLOW), await world()];
  const told = await eraseSubject.run(known.ports, stranger);
  expect(told.kind).toBe('not-allowed');
  expect(await eraseSubject.run(unknown.ports, stranger)).toEqual(told);
});

describe('a case of a workflow that is deployed no more', () => {
  it('of the person is named to the operator, and nothing is erased', async () => {
    const {
      ports,
      ids: [id],
    } = await world('gone-by-now');
    const answer = await eraseSubject.run(ports, { ...LOOKING, isDryRun: false, reader: OPERATOR });
    expect(answer).toEqual({ kind: 'incomplete', problem: expect.stringMatching(`${id}.*gone-by-now`) });
  });

  it('that names many, and not the person, keeps no erasure back', async () => {
    const { ports } = await world(WORKFLOW);
    const gone = caseIdOf({ workflow: 'gone-by-now', trigger: 't', eventId: 'x' });
    const case_ = aCase({ id: gone, workflow: 'gone-by-now', input: { text: 'ben@desk.example' }, state: 'closed' });
    const subjects = [await ports.subjects.of(MANY_SUBJECTS)];
    await ports.cases.commit({ ...openWrite(case_), erasableBy: { subjects, day: '2026-03-02' } });
    const answer = await eraseSubject.run(ports, { ...LOOKING, isDryRun: false, reader: OPERATOR });
    expect(answer).toMatchObject({ kind: 'erased', left: 0 });
    const ben = { ...LOOKING, subject: 'ben@desk.example', isDryRun: true, reader: OPERATOR };
    expect(await eraseSubject.run(ports, ben)).toMatchObject({ kind: 'incomplete' });
  });
});

describe('what somebody is known by', () => {
  it.each(['ab', ' a ', 'e\u0301a', '\u1100\u1161\u11a8', '*'])(
    'has three characters, as it is compared: %j',
    (subject) => {
      expect(EraseSubject.safeParse({ ...LOOKING, subject, reader: OPERATOR }).success).toBe(false);
    },
  );

  it('may not stand in the reason in another spelling', async () => {
    const { ports } = await world(WORKFLOW);
    const wish = { ...LOOKING, reason: 'ＡＤＡ＠desk.example asked.', isDryRun: false, reader: OPERATOR };
    expect(await eraseSubject.run(ports, wish)).toMatchObject({ kind: 'incomplete' });
  });
});
