import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { workflows } from '../agents/index.ts';
import { defineWorkflow, event, schedule, webhook } from '../shared/authoring/index.ts';
import { type Resource, type Synthesized, synthesized } from './testing/synthesized.ts';

const Ticket = z.object({ text: z.string() });
const Verdict = z.object({ urgent: z.boolean() });

const supportTickets = defineWorkflow({
  id: 'support-tickets',
  title: 'Support tickets',
  summary: 'Tells urgent tickets from others.',
  team: {
    name: 'Support',
    owner: 'support-lead@remit.example',
    approvers: ['support-lead@remit.example'],
    nextApprovers: [],
    answerWithinHours: 8,
  },
  triggers: [
    webhook({ id: 'form', when: 'The support form is sent' }),
    event({ id: 'mail', when: 'A mail comes to support', source: 'mail', detailType: 'Mail received' }),
    schedule({
      id: 'left-open',
      when: 'Every hour for tickets left open',
      cron: 'cron(0 * * * ? *)',
      timezone: 'Europe/Berlin',
      each: { connector: 'sandbox.crm', list: 'open-tickets' },
    }),
  ],
  input: Ticket,
  subject: ({ text }) => text.slice(0, 40),
  sources: {},
  agent: {
    id: 'sorter',
    title: 'Sorter',
    instructions: 'sorter.md',
    sources: [],
    judgement: Verdict,
    timeoutMs: 10_000,
  },
  decision: Verdict,
  conclude: (judgement) => judgement,
  actions: {},
  plan: () => [],
  escalation: [{ id: 'urgent', because: 'It is urgent.', when: ({ urgent }) => urgent }],
  rollout: { phase: 'shadow', minimumConfidence: 0.8 },
  learned: { target: 0.9, fields: [{ name: 'urgent', kind: 'class' }] },
});

const MACHINE_VERSION = 'AWS::StepFunctions::StateMachineVersion';
const VERSIONS = ['AWS::Lambda::Version', MACHINE_VERSION];

const one = synthesized(workflows);
const two = synthesized([...workflows, supportTickets]);
const added = Object.entries(two.all).filter(([id]) => one.all[id] === undefined);

describe('a second workflow', () => {
  test('brings its secret, rule, schedule and alarms, and no topic for an owner who has one', () => {
    expect(
      added
        .map(([, { Type: type }]) => type)
        .filter((type) => !VERSIONS.includes(type))
        .toSorted(),
    ).toEqual([
      ...Array.from({ length: 9 }, () => 'AWS::CloudWatch::Alarm'),
      'AWS::Events::Rule',
      'AWS::Scheduler::Schedule',
      'AWS::SecretsManager::Secret',
    ]);
    expect(namesIn(two, 'AWS::SecretsManager::Secret', 'Name')).toContain('remit/webhook/support-tickets');
    expect(namesIn(two, 'AWS::CloudWatch::Alarm', 'AlarmName')).toContain('remit-support-tickets-silence');
    expect(namesIn(two, 'AWS::SNS::Subscription', 'Endpoint')).toContain('support-lead@remit.example');
  });

  test('changes nothing that is there, but what names all workflows', () => {
    const changed = Object.keys(one.all).filter((id) => JSON.stringify(one.all[id]) !== JSON.stringify(two.all[id]));
    expect(changed.map((id) => `${one.all[id]?.Type} ${id.replace(/\w{8}$/, '')}`).toSorted()).toEqual([
      ...BY_ALIAS.map((name) => `AWS::Lambda::Alias ${name}Live`),
      // The versions of all workflows stand in their environment.
      ...[...BY_ALIAS, ...BY_VERSION, EARLIER].map((name) => `AWS::Lambda::Function ${name}Function`),
      ...removedVersions('AWS::Lambda::Version'),
      // It compares what it measures with what is deployed.
      'AWS::StepFunctions::StateMachine MachinesEvaluation',
      ...removedVersions(MACHINE_VERSION),
    ]);
    expect([...removedVersions('AWS::Lambda::Version'), ...removedVersions(MACHINE_VERSION)]).toHaveLength(
      BY_ALIAS.length + 2 * BY_VERSION.length,
    );
  });

  test('changes no right of a function', () => {
    const rights = (template: Synthesized) => JSON.stringify(template.of('AWS::IAM::Policy'));
    expect(rights(two)).toBe(rights(one));
  });
});

/** Functions that are called by their alias and know the versions of all workflows. */
const BY_ALIAS = [
  ...['AutonomyChangeSettings', 'AutonomyDrawSpotChecks', 'AutonomyReadAutonomy', 'AutonomySeedReview'],
  ...['AutonomyWatchAutonomy', 'EvaluationsStartEvaluation', 'IntakeStartCase'],
  'OwnerConsoleShowConsole',
];
/** The same, called by a machine, which calls the newest version by its number. */
const BY_VERSION = ['StepsEvaluate'];
/** Called by machines of earlier releases alone, by versions that are published already. */
const EARLIER = 'StepsOpenCase';

function namesIn(template: Synthesized, type: string, property: string): unknown[] {
  return Object.values(template.of(type)).map(({ Properties }: Resource) => Properties[property]);
}

/** A version is named after what it holds. */
function removedVersions(type: string): string[] {
  return Object.keys(one.of(type))
    .filter((id) => two.all[id] === undefined)
    .map((id) => `${type} ${id.replace(/\w{8}$/, '')}`)
    .toSorted();
}
