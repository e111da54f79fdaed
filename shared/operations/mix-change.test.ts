import { describe, expect, it } from 'vitest';
import { settingsIn } from '../../test/support/lead-case.ts';
import { APPROVER, WORKFLOW } from '../../test/support/leads.ts';
import { type MemoryPorts, memoryPorts } from '../../test/support/memory-ports.ts';
import { recordDecisions } from '../../test/support/recorded-decisions.ts';
import { VERSION } from '../../test/support/stored-examples.ts';
import type { CaseId } from '../contracts/index.ts';
import { governanceCase, governanceCaseId } from '../domain/governance-case.ts';
import { countAgainst } from './records/count-against.ts';
import { watchAutonomy } from './watch-autonomy.ts';

const DAY_MS = 86_400_000;
const RETRAINED = 'x'.repeat(64);
/** The workflow steps back at one more than this among the latest fifty. */
const ALLOWED = 5;

const alone = { standing: 'alone' as const, compared: [], by: null, personDecision: null };

/** Fifty cases that were done alone, in a phase that was earned. */
function inPartial(): MemoryPorts {
  const ports = memoryPorts();
  ports.settings.set(settingsIn('partial', { earnedUnder: { all: VERSION } }));
  recordDecisions(ports, { right: 50, ...alone });
  return ports;
}

/** Cases of another kind come, and people find each of them wrong. @returns the phase after each. */
async function anotherMix(ports: MemoryPorts, count: number): Promise<string[]> {
  const phases: string[] = [];
  const head = { ...governanceCase(settingsIn('partial'), ports.versionsOf(), 1), trigger: 'contact-form' };
  for (let at = 0; at < count; at += 1) {
    ports.clock.advance(60_000);
    recordDecisions(ports, { right: 1, ...alone });
    const caseId = [...ports.tables.records.keys()].at(-1) as CaseId;
    const ledger = { seq: 0, hash: '0'.repeat(64) };
    ports.tables.cases.set(caseId, JSON.stringify({ ...head, id: caseId, ledger }));
    const said = {
      kind: 'found-wrong' as const,
      by: APPROVER,
      fields: ['tier'],
      reason: 'A reseller, and no lead.',
      event: null,
    };
    await countAgainst.run(ports, { caseId, ...said });
    phases.push((await ports.settings.get(WORKFLOW)).own?.phase ?? '');
  }
  return phases;
}

describe('a workflow whose mix of cases changes', () => {
  it('steps back by itself at the case that is one too many, and the owner is told why', async () => {
    const ports = inPartial();
    const phases = await anotherMix(ports, ALLOWED + 1);
    expect(phases).toEqual([...Array.from({ length: ALLOWED }, () => 'partial'), 'shadow']);
    expect(await watchAutonomy.run(ports, {})).toMatchObject({ told: 1 });
    const mail = ports.mailer.to(APPROVER).find(({ subject }) => subject.startsWith('Stepped back'));
    expect(mail?.text).toContain(
      '6 of the latest 50 decisions went wrong (6 found wrong by a spot-check); 5 are allowed.',
    );
  });

  it('is proposed again once it was retrained and has shown itself anew, and not before the cool-down is over', async () => {
    // given
    const ports = inPartial();
    await anotherMix(ports, ALLOWED + 1);
    const retrained = { ...ports, versionsOf: () => ({ workflow: RETRAINED, code: 'c'.repeat(64) }) };
    ports.clock.advance(3 * DAY_MS);
    recordDecisions(ports, { right: 100, version: RETRAINED });
    // when
    const early = await watchAutonomy.run(retrained, {});
    ports.clock.advance(12 * DAY_MS);
    const untrained = await watchAutonomy.run(ports, {});
    const late = await watchAutonomy.run(retrained, {});
    // then
    expect([early.proposed, untrained.proposed, late.proposed]).toEqual([0, 0, 1]);
    const ledger = await ports.cases.ledger(governanceCaseId(WORKFLOW));
    const told = ledger.map(({ event }) => event);
    expect(told.map(({ type }) => type)).toEqual(expect.arrayContaining(['phase-changed', 'promotion-proposed']));
    expect(told.find((event) => event.type === 'promotion-proposed')).toMatchObject({
      evidence: { from: 'shadow', to: 'partial', version: RETRAINED, agreement: { agreed: 100, of: 100 } },
    });
    expect((await ports.settings.get(WORKFLOW)).own).toMatchObject({ phase: 'shadow' });
  });
});
