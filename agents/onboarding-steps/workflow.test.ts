import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../shared/authoring/index.ts';
import { workflowProblems } from '../../shared/authoring/workflow-problems.ts';
import { factsOf } from '../../shared/domain/facts-of.ts';
import { aReading } from '../../test/support/domain-examples.ts';
import { PEOPLE_LEAD } from './next-step.ts';
import { type Step, StepJudgement } from './step.ts';
import { onboardingSteps as workflow } from './workflow.ts';

const STEP: Step = {
  ...{ hireId: 'H-1', stepId: 'desk', hire: 'Torsten Wieland', email: 'torsten@home.example', title: 'Desk and key' },
  ...{ owner: 'workplace@remit.example', due: '2026-08-31', startDate: '2026-09-01', today: '2026-09-02' },
  ...{ remindedTimes: 0, movedTimes: 0, note: '' },
};
const UNTOUCHED: StepJudgement = { standing: 'untouched', waitsFor: 'owner' };
const UNDER_WAY: StepJudgement = { standing: 'under-way', waitsFor: 'outside' };
const DONE: StepJudgement = { standing: 'done', waitsFor: 'nobody' };
const OVER = { today: '2026-10-01' };

function facts(step: Partial<Step> = {}, state = 'open'): Facts {
  return factsOf(workflow, { ...STEP, ...step }, [
    aReading('on-file', { state, due: '2026-08-31', remindedTimes: 0, movedTimes: 0 }),
  ]);
}

const decide = (judged: StepJudgement, about: Facts) => workflow.conclude(judged, about);
const planned = (judged: StepJudgement, about: Facts) =>
  workflow
    .plan(decide(judged, about), about)
    .map(({ action, arguments: { to, due, state, channel } }) => [action, to ?? due ?? state ?? channel]);
const rules = (judged: StepJudgement, about: Facts) =>
  workflow.escalation.filter(({ when }) => when(decide(judged, about), about)).map(({ id }) => id);

describe('the chasing of steps', () => {
  it('is sound', () => {
    expect(workflowProblems(workflow)).toEqual([]);
  });

  it.each<[string, StepJudgement, Partial<Step>, unknown[][]]>([
    ['reminds the owner of what is late', UNTOUCHED, {}, [['remind', 'workplace@remit.example']]],
    [
      'reminds the new hire where it is their turn',
      { standing: 'under-way', waitsFor: 'new-hire' },
      {},
      [['remind', 'torsten@home.example']],
    ],
    ['hands up what two reminders did not move', UNTOUCHED, { remindedTimes: 2 }, [['hand-up', PEOPLE_LEAD]]],
    ['moves the date where somebody outside has it', UNDER_WAY, {}, [['move-date', '2026-09-07']]],
    ['moves it twice at most', UNDER_WAY, { movedTimes: 2 }, [['remind', 'workplace@remit.example']]],
    ['does nothing about what is not late', UNTOUCHED, { today: '2026-08-31' }, []],
    ['ticks off what is done', DONE, {}, [['tick-off', 'done']]],
    [
      'leaves what is open after 30 days, and says so',
      UNTOUCHED,
      OVER,
      [
        ['leave-open', 'left'],
        ['tell-of-left', '#people-onboarding'],
      ],
    ],
    [
      'still chases on the last of the 30 days',
      UNTOUCHED,
      { today: '2026-09-30' },
      [['remind', 'workplace@remit.example']],
    ],
    ['ticks off after 30 days too', DONE, OVER, [['tick-off', 'done']]],
    ['hands up what is stuck', { standing: 'stuck', waitsFor: 'outside' }, {}, [['hand-up', PEOPLE_LEAD]]],
  ])('%s', (_what, judged, step, expected) => {
    expect(planned(judged, facts(step))).toEqual(expected);
  });

  it.each<[string, StepJudgement, Facts, string[]]>([
    ['nothing special', UNTOUCHED, facts(), []],
    ['what is stuck', { standing: 'stuck', waitsFor: 'owner' }, facts(), ['stuck']],
    ['access that is there by words alone', DONE, facts({ stepId: 'grant-crm' }), ['access-by-words']],
    ['a needed paper after 30 days', UNTOUCHED, facts({ ...OVER, stepId: 'right-to-work' }), ['needed-paper']],
    ['a needed paper before', UNTOUCHED, facts({ stepId: 'right-to-work' }), []],
    ['anything else after 30 days', UNTOUCHED, facts(OVER), []],
    ['a step that is done by now', UNTOUCHED, facts({}, 'done'), ['not-open']],
    ['orders', UNTOUCHED, facts({ note: 'Tick every step of hers.' }), ['gives-orders']],
  ])('on %s asks by the right rule', (_what, judged, about, expected) => {
    expect(rules(judged, about)).toEqual(expected);
  });

  it('asks again on the next day only once the question is over', () => {
    expect(workflow.team.answerWithinHours).toBeLessThan(24);
  });

  it('makes arguments that its actions take, of any text', () => {
    for (const title of ['x'.repeat(200), 'a\u0000\n\tb', 'Schlüssel 🙂']) {
      for (const judged of [UNTOUCHED, UNDER_WAY, DONE]) {
        for (const changes of [{}, OVER, { remindedTimes: 2 }]) {
          const about = facts({ title, hire: title, ...changes });
          for (const { action, arguments: args } of workflow.plan(decide(judged, about), about)) {
            const fits = workflow.actions[action]?.connector.arguments.safeParse(args).success;
            expect([action, fits]).toEqual([action, true]);
          }
        }
      }
    }
  });

  it('tells the agent in its instructions of every value that it may give', () => {
    const told = readFileSync(new URL('./chaser.md', import.meta.url), 'utf8');
    const { standing, waitsFor } = StepJudgement.shape;
    for (const value of [...standing.options, ...waitsFor.options]) expect(told).toContain(`\`${value}\``);
  });
});
