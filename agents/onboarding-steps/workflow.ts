import { action, defineWorkflow, schedule, source, webhook } from '../../shared/authoring/index.ts';
import {
  moveStep,
  postToChannel,
  remindOfStep,
  settleStep,
  stepOnFile,
  withdrawReminder,
} from '../../shared/connectors/definitions.ts';
import { isAccess, isNeeded, isOver, leftText, nextFor, reminderText } from './next-step.ts';
import { stepSignals } from './signals.ts';
import { Step, StepDecision, StepJudgement } from './step.ts';

const sources = {
  'on-file': source({
    title: 'The step in the HR system',
    connector: stepOnFile,
    isRequired: true,
    arguments: ({ hireId, stepId }: Step) => ({ hireId, stepId }),
    missing: ({ state }) => (state === 'unknown' ? ['no such step'] : []),
  }),
};

const withdrawal = {
  action: 'withdraw-reminder',
  arguments: ({ hireId, stepId }: { hireId: string; stepId: string }) => ({ hireId, stepId }),
};
const reopening = {
  action: 'reopen-step',
  arguments: ({ hireId, stepId }: { hireId: string; stepId: string }) => ({ hireId, stepId, state: 'open' as const }),
};

const actions = {
  remind: action({
    title: 'Remind of the step',
    tier: 'autonomous',
    connector: remindOfStep,
    compensation: withdrawal,
  }),
  'hand-up': action({
    title: 'Tell the people lead of the step',
    tier: 'autonomous',
    connector: remindOfStep,
    compensation: withdrawal,
  }),
  'withdraw-reminder': action({ title: 'Hide the reminder', tier: 'autonomous', connector: withdrawReminder }),
  'move-date': action({ title: 'Move the date of the step', tier: 'autonomous', connector: moveStep }),
  'tick-off': action({
    title: 'Say that the step is done',
    tier: 'notify',
    connector: settleStep,
    compensation: reopening,
    // Whoever did it may have said so meanwhile.
    pins: ['on-file.state'],
  }),
  'leave-open': action({
    title: 'Chase the step no more',
    tier: 'autonomous',
    connector: settleStep,
    compensation: reopening,
  }),
  'reopen-step': action({ title: 'Open the step again', tier: 'autonomous', connector: settleStep }),
  'tell-of-left': action({ title: 'Say what was left open', tier: 'autonomous', connector: postToChannel }),
};

/** Chases what onboarding plans leave open. The company, its people and all data are made up. */
export const onboardingSteps = defineWorkflow({
  id: 'onboarding-steps',
  title: 'Onboarding steps',
  summary: 'Chases the open steps of new hires until their first 30 days are over.',
  team: {
    name: 'People',
    owner: 'people-lead@remit.example',
    approvers: ['people-lead@remit.example'],
    nextApprovers: ['people-deputy@remit.example'],
    // The next look is a day later: by then a question is over, so that there is one of each step at most.
    answerWithinHours: 22,
    channel: '#people-approvals',
  },

  triggers: [
    schedule({
      id: 'due-steps',
      when: 'Every working day at 8:00 for steps whose date is over and which nobody was reminded of for two days',
      cron: 'cron(0 8 ? * MON-FRI *)',
      timezone: 'Europe/Berlin',
      each: { connector: 'sandbox.people', list: 'due-steps' },
    }),
    webhook({
      id: 'step-noted',
      when: 'Somebody writes beside an open step in the HR system how it stands',
    }),
  ],

  input: Step,
  signals: stepSignals,
  subject: ({ title, hire }) => `${title}: ${hire}`,
  caseKey: ({ hireId, stepId }) => `${hireId}/${stepId}`,
  labels: {
    hireId: 'New hire',
    stepId: 'Step',
    hire: 'Name',
    email: 'E-mail of the new hire',
    title: 'What',
    owner: 'Who',
    due: 'By',
    startDate: 'First day',
    today: 'Today',
    remindedTimes: 'Reminded',
    movedTimes: 'Moved',
    note: 'Note',
  },

  sources,
  agent: {
    id: 'chaser',
    title: 'Step chaser',
    instructions: 'chaser.md',
    sources: ['on-file'],
    judgement: StepJudgement,
  },

  decision: StepDecision,
  conclude: (judged, { input: step }) => ({ ...judged, ...nextFor(step, judged) }),

  actions,
  plan: ({ next, whom, newDate, daysLate }, { input: step }, act) => {
    const { hireId, stepId } = step;
    switch (next) {
      case 'wait':
        return [];
      case 'remind':
        return whom === null ? [] : [act('remind', { hireId, stepId, to: whom, text: reminderText(step, daysLate) })];
      case 'hand-up':
        return whom === null ? [] : [act('hand-up', { hireId, stepId, to: whom, text: reminderText(step, daysLate) })];
      case 'move':
        return newDate === null ? [] : [act('move-date', { hireId, stepId, due: newDate })];
      case 'tick':
        return [act('tick-off', { hireId, stepId, state: 'done' })];
      case 'leave':
        return [
          act('leave-open', { hireId, stepId, state: 'left' }),
          act('tell-of-left', { channel: '#people-onboarding', text: leftText(step) }),
        ];
    }
  },

  escalation: [
    {
      id: 'stuck',
      because: 'It cannot go on unless somebody decides.',
      when: ({ standing }) => standing === 'stuck',
    },
    {
      id: 'access-by-words',
      because: 'The note says that access is there: only the grant itself ticks such a step off.',
      when: ({ standing }, { input }) => standing === 'done' && isAccess(input),
    },
    {
      id: 'needed-paper',
      because: 'The first 30 days are over, and something is open without which nobody may work or is paid.',
      when: ({ standing }, { input }) => standing !== 'done' && isOver(input) && isNeeded(input),
    },
    {
      id: 'not-open',
      because: 'The HR system says that the step is not open any more.',
      when: (_decision, { sources: read }) => read['on-file']?.state !== 'open',
    },
    {
      id: 'gives-orders',
      because: 'The note holds orders to whoever reads it.',
      when: (_decision, { input }) => stepSignals(input).ordersGiven,
    },
  ],

  segments: [{ id: 'over', title: 'After the first 30 days', when: (_decision, { input }) => isOver(input) }],
  caps: [
    { id: 'reminders-a-day', counts: 'effects', per: 'day', limit: 300, actions: ['remind', 'hand-up'] },
    { id: 'left-a-day', counts: 'effects', per: 'day', limit: 100, actions: ['leave-open'] },
  ],
  rollout: { phase: 'partial', minimumConfidence: 0.7, minutesByHand: 5 },
  learned: {
    target: 0.9,
    fields: [
      { name: 'standing', kind: 'class' },
      { name: 'waitsFor', kind: 'class' },
    ],
    features: {
      'input.hireId': 'ignore',
      'input.hire': 'ignore',
      'input.email': 'ignore',
      'input.owner': 'ignore',
      'input.due': 'ignore',
      'input.startDate': 'ignore',
      'input.today': 'ignore',
      'input.title': 'ignore',
      'input.remindedTimes': 'ignore',
      'input.movedTimes': 'ignore',
      'input.stepId': 'category',
      'input.note': 'text',
      'sources.on-file.state': 'ignore',
      'sources.on-file.due': 'ignore',
      'sources.on-file.remindedTimes': 'ignore',
      'sources.on-file.movedTimes': 'ignore',
    },
  },
});
