import { describe, expect, it } from 'vitest';
import { CaseMachine, type Person } from '../../test/support/case-machine.ts';
import { type Crash, CrashingPorts } from '../../test/support/crashing-ports.ts';
import { heldLeads } from '../../test/support/held-leads/index.ts';
import { checkEnd, checkInvariants } from '../../test/support/invariants.ts';
import { CASE_ID, caseStart, HOT, modelAnswer, READABLE, settingsIn, WARM } from '../../test/support/lead-case.ts';
import { memoryPorts } from '../../test/support/memory-ports.ts';
import type { Workflow } from '../authoring/index.ts';
import type { Phase } from '../contracts/index.ts';

interface Story {
  readonly name: string;
  readonly phase: Phase;
  readonly judgement: typeof HOT;
  readonly confidence: number;
  readonly person: Person;
  /** What is done when nothing breaks, by connector. */
  readonly effects: readonly string[];
  /** Another than the deployed one. */
  readonly workflow?: Workflow;
}

/** Says yes, and no to "do it again?" when the mail is out already. */
const looksFirst: Person = ({ actionId, kind }, { effects }) =>
  kind !== 'undo-action' && effects.done.some(({ idempotencyKey }) => idempotencyKey.endsWith(`.${actionId}`))
    ? 'reject'
    : 'approve';

const HOT_EFFECTS = ['mail.send', 'sandbox.channel-post', 'sandbox.crm-create-record'];
const STORIES: readonly Story[] = [
  { name: 'a hot lead', phase: 'partial', judgement: HOT, confidence: 0.95, person: looksFirst, effects: HOT_EFFECTS },
  {
    name: 'a hot lead that a person decides',
    phase: 'partial',
    judgement: HOT,
    confidence: 0.5,
    person: looksFirst,
    effects: HOT_EFFECTS,
  },
  {
    name: 'a hot lead that nobody wants',
    phase: 'partial',
    judgement: HOT,
    confidence: 0.95,
    person: () => 'reject',
    effects: HOT_EFFECTS.slice(1),
  },
  {
    name: 'a warm lead in full',
    phase: 'full',
    judgement: WARM,
    confidence: 0.95,
    person: looksFirst,
    effects: ['sandbox.crm-add-to-list', 'sandbox.crm-create-record'],
  },
  {
    name: 'a warm lead in full that is taken back',
    phase: 'full',
    judgement: WARM,
    confidence: 0.95,
    person: ({ kind }) => (kind === 'undo-action' ? 'reject' : 'approve'),
    effects: ['sandbox.crm-add-to-list', 'sandbox.crm-create-record', 'sandbox.crm-remove-from-list'],
  },
  {
    name: 'a warm lead in full that is held and that nobody stops',
    phase: 'full',
    judgement: WARM,
    confidence: 0.95,
    person: () => null,
    effects: ['sandbox.crm-add-to-list', 'sandbox.crm-create-record'],
    workflow: heldLeads,
  },
  {
    name: 'a warm lead in full that is held and that somebody stops',
    phase: 'full',
    judgement: WARM,
    confidence: 0.95,
    person: () => 'reject',
    effects: ['sandbox.crm-create-record'],
    workflow: heldLeads,
  },
  {
    name: 'a hot lead about which a person tells the agents more, once',
    phase: 'partial',
    judgement: HOT,
    confidence: 0.95,
    person: (_asked, { executions }) => (executions.started.size === 0 ? 'respond' : 'reject'),
    effects: HOT_EFFECTS.slice(1),
  },
  { name: 'a hot lead in shadow', phase: 'shadow', judgement: HOT, confidence: 0.95, person: looksFirst, effects: [] },
];

async function play({ phase, judgement, confidence, person, workflow }: Story, crash: Crash | null) {
  const answers = Array.from({ length: 9 }, () => modelAnswer(judgement, { confidence }));
  const memory = memoryPorts({ models: answers, sources: READABLE });
  const ports = workflow === undefined ? memory : { ...memory, findWorkflow: () => workflow };
  ports.settings.set(settingsIn(phase));
  const crashing = new CrashingPorts(ports, crash);
  const machine = new CaseMachine(crashing, person, () => checkInvariants(ports, CASE_ID));
  await machine.run(caseStart());
  await checkEnd(ports, CASE_ID);
  const head = await ports.cases.get(CASE_ID);
  return { writes: crashing.writes, state: head?.state, effects: ports.effects.done.map(({ connector }) => connector) };
}

describe.each(STORIES)('$name', (story) => {
  it('ends with what was decided when nothing breaks', async () => {
    expect(await play(story, null)).toMatchObject({ state: 'closed', effects: story.effects });
  });

  it.each([
    ['throws', 'before'],
    ['throws', 'after'],
    ['dies', 'before'],
    ['dies', 'after'],
  ] as const)(
    'ends the same, and every invariant holds after every step, when the work %s %s any write',
    async (manner, moment) => {
      const { writes } = await play(story, null);
      for (let write = 1; write <= writes; write += 1) {
        const played = await play(story, { write, moment, manner });
        expect({ write, ...played, effects: played.effects.toSorted() }).toMatchObject({
          ...{ write, state: 'closed', effects: story.effects.toSorted() },
        });
      }
    },
  );
});
