import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { CallGuard, type SwitchTurn } from '../../test/support/call-guard.ts';
import { aCap, under } from '../../test/support/capped-lead.ts';
import { CaseMachine, type Person } from '../../test/support/case-machine.ts';
import { CrashingPorts } from '../../test/support/crashing-ports.ts';
import { checkCaps, checkEnd, checkInvariants } from '../../test/support/invariants.ts';
import { caseStart, HOT, modelAnswer, READABLE, settingsIn, WARM } from '../../test/support/lead-case.ts';
import { WORKFLOW } from '../../test/support/leads.ts';
import type { EffectFault } from '../../test/support/memory-effects.ts';
import { memoryPorts } from '../../test/support/memory-ports.ts';
import { ALL_WORKFLOWS, type Phase, type Verb } from '../contracts/index.ts';
import { caseIdOf } from '../domain/case-id.ts';

/** Everything that chance decides about some cases that run at the same time. */
interface Run {
  readonly cases: number;
  readonly phase: Phase;
  readonly answers: readonly { readonly isHot: boolean; readonly confidence: number }[];
  readonly faults: readonly EffectFault[];
  readonly verbs: readonly Verb[];
  readonly effectsADay: number;
  readonly eurosADay: number;
  readonly recordsACase: number;
  readonly crashes: readonly { readonly write: number; readonly moment: 'before' | 'after'; readonly dies: boolean }[];
  readonly offBeforeWrite: number | null;
  readonly onAfterWrites: number | null;
  readonly isForAll: boolean;
}

const run: fc.Arbitrary<Run> = fc.record({
  cases: fc.integer({ min: 1, max: 3 }),
  phase: fc.constantFrom<Phase>('shadow', 'partial', 'full'),
  answers: fc.array(fc.record({ isHot: fc.boolean(), confidence: fc.constantFrom(0.95, 0.5) }), {
    minLength: 12,
    maxLength: 12,
  }),
  faults: fc.array(fc.constantFrom<EffectFault>('passing', 'refused', 'lost-before', 'lost-after', 'odd-result'), {
    maxLength: 4,
  }),
  verbs: fc.array(fc.constantFrom<Verb>('approve', 'approve', 'reject', 'respond', 'take-over'), {
    minLength: 1,
    maxLength: 6,
  }),
  effectsADay: fc.integer({ min: 0, max: 7 }),
  eurosADay: fc.integer({ min: 0, max: 3_000 }),
  recordsACase: fc.integer({ min: 0, max: 2 }),
  crashes: fc.array(
    fc.record({
      write: fc.integer({ min: 1, max: 30 }),
      moment: fc.constantFrom('before', 'after'),
      dies: fc.boolean(),
    }),
    { minLength: 3, maxLength: 3 },
  ),
  offBeforeWrite: fc.option(fc.integer({ min: 1, max: 40 })),
  onAfterWrites: fc.option(fc.integer({ min: 1, max: 20 })),
  isForAll: fc.boolean(),
});

/** Looks whether it is done before saying yes to what did not surely happen. */
function person(verbs: readonly Verb[]): Person {
  let asked = 0;
  return ({ actionId }, { effects }) => {
    asked += 1;
    const isDone = effects.done.some(({ idempotencyKey }) => idempotencyKey.endsWith(`.${actionId}`));
    return isDone ? 'reject' : (verbs[asked % verbs.length] ?? 'reject');
  };
}

function turnsOf({ offBeforeWrite, onAfterWrites, isForAll, phase }: Run): SwitchTurn[] {
  if (offBeforeWrite === null) return [];
  const of = { workflow: isForAll ? ALL_WORKFLOWS : WORKFLOW };
  const off = { beforeWrite: offBeforeWrite, settings: settingsIn(phase, { ...of, paused: true }) };
  if (onAfterWrites === null) return [off];
  return [off, { beforeWrite: offBeforeWrite + onAfterWrites, settings: settingsIn(phase, { ...of, paused: false }) }];
}

async function play(played: Run): Promise<void> {
  const { cases, phase, answers, faults, verbs, crashes } = played;
  const caps = under(
    aCap({ id: 'effects-a-day', limit: played.effectsADay }),
    aCap({ id: 'euros-a-day', limit: played.eurosADay * 100, counts: 'amount', currency: 'EUR' }),
    aCap({ id: 'records-a-case', limit: played.recordsACase, per: 'case', actions: ['create-crm-record'] }),
  );
  const models = answers.map(({ isHot, confidence }) => modelAnswer(isHot ? HOT : WARM, { confidence }));
  const ports = memoryPorts({ models, sources: READABLE, workflow: caps });
  const settings = settingsIn(phase);
  ports.settings.set(settings);
  ports.effects.script(...faults);
  const guard = new CallGuard(ports, turnsOf(played));
  const workflow = ports.findWorkflow(WORKFLOW);
  assert.ok(workflow);
  const ends = Array.from({ length: cases }, async (_, index) => {
    const eventId = `msg_${index}`;
    const caseId = caseIdOf({ workflow: WORKFLOW, trigger: 'contact-form', eventId });
    const crash = crashes[index];
    const crashing = new CrashingPorts(
      guard.ports,
      crash === undefined ? null : { ...crash, manner: crash.dies ? 'dies' : 'throws' },
    );
    const machine = new CaseMachine(crashing, person(verbs), async () => {
      await checkInvariants(ports, caseId);
      await checkCaps(ports, workflow, settings);
    });
    await machine.run(caseStart({ caseId, eventId }));
    await checkEnd(ports, caseId);
  });
  await Promise.all(ends);
  assert.deepEqual(guard.violations, []);
  assert.ok(guard.callsAfterSwitch <= cases, 'more calls after the switch than were in flight');
}

describe('cases that run at the same time, whatever chance does to them', () => {
  it('call nothing without a verdict and a try on record, pass no cap, and begin nothing after the switch', async () => {
    await fc.assert(fc.asyncProperty(run, play), { numRuns: 300 });
  }, 240_000);
});
