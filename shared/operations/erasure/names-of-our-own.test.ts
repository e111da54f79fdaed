import { describe, expect, it } from 'vitest';
import { CaseMachine, type Person } from '../../../test/support/case-machine.ts';
import { CrashingPorts } from '../../../test/support/crashing-ports.ts';
import { CASE_ID, caseStart, HOT, LEAD, modelAnswer, READABLE, settingsIn } from '../../../test/support/lead-case.ts';
import { WORKFLOW } from '../../../test/support/leads.ts';
import { memoryPorts } from '../../../test/support/memory-ports.ts';
import { verifyChain } from '../../domain/ledger.ts';
import { eraseSubject } from './erase-subject.ts';

const ADDRESS = 'someone@zebrafinch.example';
const approves: Person = () => 'approve';

/** The case of somebody of that name, at its end. */
async function caseOf(name: string) {
  const ports = memoryPorts({ models: [modelAnswer(HOT, { confidence: 0.5 })], sources: READABLE });
  ports.settings.set(settingsIn('partial'));
  const machine = new CaseMachine(new CrashingPorts(ports, null), approves, async () => undefined);
  await machine.run(caseStart({ input: { ...LEAD, name, email: ADDRESS } }));
  return ports;
}

const erased = (ports: Awaited<ReturnType<typeof caseOf>>) =>
  eraseSubject.run(ports, {
    ...{ subject: ADDRESS, reason: 'It was asked for.', isDryRun: false, atMost: 5, after: '' },
    ...{ reader: { person: 'operator@remit.example', isOperator: true }, proof: 'sign-in' as const },
  });

describe('somebody whose name is a word of the platform', () => {
  it.each(['Closed', 'Approve', 'Partial', 'Sales', 'Remit', 'Case', WORKFLOW, 'Act', 'Done', 'Full'])(
    'is erased, and the case can be read as before: %s',
    async (name) => {
      const ports = await caseOf(name);
      const [before, ledger, asked] = await Promise.all([
        ports.cases.get(CASE_ID),
        ports.cases.ledger(CASE_ID),
        ports.requests.ofCase(CASE_ID),
      ]);
      expect(await erased(ports)).toMatchObject({ kind: 'erased', cases: [{ caseId: CASE_ID }] });
      const after = await ports.cases.ledger(CASE_ID);
      expect(after.slice(0, -1).map(({ event }) => event.type)).toEqual(ledger.map(({ event }) => event.type));
      expect(verifyChain(after, (await ports.cases.get(CASE_ID))?.ledger)).toMatchObject({ ok: true });
      const { workflow, state, outcome, phase, settings } = before ?? {};
      expect(await ports.cases.get(CASE_ID)).toMatchObject({ workflow, state, outcome, phase, settings });
      const answered = asked.map(({ answer }) => ({ verb: answer?.verb, by: answer?.by }));
      expect(
        (await ports.requests.ofCase(CASE_ID)).map(({ answer }) => ({ verb: answer?.verb, by: answer?.by })),
      ).toEqual(answered);
      expect(await ports.cases.actions(CASE_ID)).toHaveLength(3);
    },
  );
});
