import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { workflows } from '../agents/index.ts';
import { type Resource, spelled, synthesized } from './testing/synthesized.ts';

const template = synthesized();
/** The alarms that it explains. */
const runbook = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/^### `([a-z-]+)`/gm)].map(
  ([, name]) => name ?? '',
);
const alarms = Object.values(template.of('AWS::CloudWatch::Alarm'));
const topics = Object.keys(template.of('AWS::SNS::Topic'));
const WORKFLOW = 'lead-qualification';

test('the owner hears of errors, escalations, silence, slowness, lateness, spending, odd triggers and mails, dead letters and refusals', () => {
  expect(alarms.map(({ Properties }) => [Properties['AlarmName'], Properties['Threshold']]).toSorted()).toEqual([
    ...[
      ['remit-dead-letters', 0],
      ...workflows.flatMap(({ id, triggers }) => [
        [`remit-${id}-error-rate`, 5],
        [`remit-${id}-error-rate-day`, 5],
        [`remit-${id}-escalation-rate`, 40],
        [`remit-${id}-latency`, 60_000],
        [`remit-${id}-overdue-requests`, 0],
        [`remit-${id}-silence`, 0],
        // Four fifths of the 25 dollars that are allowed where a workflow says nothing else.
        [`remit-${id}-spend`, 20],
        ...(triggers.some(({ kind }) => kind === 'webhook') ? [[`remit-${id}-refused-signatures`, 1]] : []),
        [`remit-${id}-unlike-triggers`, 3],
      ]),
      ...['lead-follow-up', 'support-triage'].flatMap((id) => [
        [`remit-${id}-stopped-mails`, 50],
        [`remit-${id}-doubted-replies`, 5],
      ]),
      ['remit-refused-calls', 500],
      ['remit-unwanted-mails', 50],
    ].toSorted(),
  ]);
});

describe.each(alarms.map((alarm) => [String(alarm.Properties['AlarmName']), alarm] as const))('%s', (name, alarm) => {
  test('goes off above its threshold, rests without data, and mails the owner', () => {
    expect(alarm.Properties).toMatchObject({
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: expect.arrayContaining([{ Ref: expect.toBeOneOf(topics) }]),
      AlarmDescription: expect.stringMatching(/\. What to do: docs\/runbook\.md\.$/),
    });
  });

  test('has a part of its own in the runbook', () => {
    expect(runbook.some((heading) => name === `remit-${heading}` || name.endsWith(`-${heading}`))).toBe(true);
  });
});

test('the runbook explains no alarm that there is not', () => {
  const names = alarms.map(({ Properties }) => spelled(Properties['AlarmName']));
  expect(runbook.filter((heading) => !names.some((name) => name.endsWith(`-${heading}`)))).toEqual([]);
});

describe('the topic of the owner', () => {
  test('mails them', () => {
    const subscriptions = Object.values(template.of('AWS::SNS::Subscription'));
    const owners = [...new Set(workflows.map(({ team }) => team.owner))];
    expect(subscriptions.map(({ Properties }) => [Properties['Protocol'], Properties['Endpoint']])).toEqual(
      [...owners, ...owners].map((owner) => ['email', owner]),
    );
    for (const { id, team } of workflows) {
      // Who owns several workflows has one topic for all of them.
      const [told] = alarmNamed(`${id}-silence`).Properties['AlarmActions'] as { Ref: string }[];
      const mailed = subscriptions.filter(({ Properties }) => Properties['Endpoint'] === team.owner);
      expect(mailed.map(({ Properties }) => Properties['TopicArn'])).toContainEqual(told);
    }
  });

  test('of all workflows is one, though there are more of them than an alarm may have actions', () => {
    for (const name of ['dead-letters', 'refused-calls', 'unwanted-mails']) {
      const told = alarmNamed(name).Properties['AlarmActions'] as { Ref: string }[];
      expect(told).toHaveLength(1);
      const mailed = Object.values(template.of('AWS::SNS::Subscription')).filter(
        ({ Properties }) => (Properties['TopicArn'] as { Ref: string }).Ref === told[0]?.Ref,
      );
      expect(new Set(mailed.map(({ Properties }) => Properties['Endpoint']))).toEqual(
        new Set(workflows.map(({ team }) => team.owner)),
      );
    }
    for (const { Properties } of alarms) expect((Properties['AlarmActions'] as unknown[]).length).toBeLessThan(6);
  });

  test('takes messages from the alarms of this account, and from nobody without TLS', () => {
    const [policy, ...others] = Object.values(template.of('AWS::SNS::TopicPolicy'));
    expect(others).toEqual([]);
    expect(policy?.Properties['Topics']).toEqual(topics.map((Ref) => ({ Ref })));
    expect(policy?.Properties['PolicyDocument']).toMatchObject({
      Statement: [
        { Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        {
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          // Of the topic that it is attached to.
          Resource: '*',
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    });
  });
});

describe('what is measured', () => {
  test('errors, of the cases opened in an hour, and of those opened in a day', () => {
    for (const [name, seconds] of [
      ['error-rate', 3_600],
      ['error-rate-day', 86_400],
    ] as const) {
      expect(metricsOf(name)).toEqual({ errors: ['Errors', seconds, 'Sum'], cases: ['CasesOpened', seconds, 'Sum'] });
    }
  });

  test('escalations, of the decisions of six hours', () => {
    expect(metricsOf('escalation-rate')).toEqual({
      escalations: ['Escalations', 21_600, 'Sum'],
      decisions: ['Decisions', 21_600, 'Sum'],
    });
  });

  test('cases of whatever trigger and the waiting intake, against decisions, over two half hours', () => {
    expect(metricsOf('silence')).toEqual({
      rawCases: ['CasesOpened', 1800, 'Sum'],
      rawDecisions: ['Decisions', 1800, 'Sum'],
      oldestSeconds: ['ApproximateAgeOfOldestMessage', 1800, 'Maximum'],
    });
    expect(alarmNamed('silence').Properties).toMatchObject({ EvaluationPeriods: 2, DatapointsToAlarm: 1 });
  });

  test('the slowest twentieth of decisions, in milliseconds', () => {
    expect(alarmNamed('latency').Properties).toMatchObject({
      MetricName: 'DecisionLatency',
      ExtendedStatistic: 'p95',
      Period: 300,
      Dimensions: [
        { Name: 'service', Value: 'remit' },
        { Name: 'workflow', Value: 'lead-qualification' },
      ],
    });
  });

  test('what models cost, by the day', () => {
    expect(alarmNamed('spend').Properties).toMatchObject({ MetricName: 'ModelCost', Period: 86_400, Statistic: 'Sum' });
  });

  test('mails of machines, doubted replies and triggers under known names, of an hour', () => {
    const counted = (workflow: string, name: string) => {
      const found = alarms.find(({ Properties }) => Properties['AlarmName'] === `remit-${workflow}-${name}`);
      const { MetricName, Namespace, Period, Statistic, Dimensions } = found?.Properties ?? {};
      return [Namespace, MetricName, Period, Statistic, (Dimensions as { Value: string }[])[1]?.Value];
    };
    const of = (workflow: string, metric: string) => ['Remit', metric, 3_600, 'Sum', workflow];
    expect(counted('support-triage', 'stopped-mails')).toEqual(of('support-triage', 'MailsStopped'));
    expect(counted('lead-follow-up', 'doubted-replies')).toEqual(of('lead-follow-up', 'RepliesDoubted'));
    expect(counted(WORKFLOW, 'unlike-triggers')).toEqual(of(WORKFLOW, 'TriggersUnlike'));
    expect(metricsOf('unwanted-mails')).toEqual({
      stopped: ['MailsStopped', 3_600, 'Sum'],
      notTaken: ['RepliesNotTaken', 3_600, 'Sum'],
    });
  });

  test('messages in the dead-letter queue, every minute', () => {
    const { Properties } = alarmNamed('dead-letters');
    expect(Properties).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Statistic: 'Maximum',
      Period: 60,
    });
    expect(JSON.stringify(Properties['Dimensions'])).toContain('IntakeDeadLetters');
  });
});

function alarmNamed(name: string): Resource {
  const isIt = (alarm: string): boolean => alarm === `remit-${name}` || alarm === `remit-${WORKFLOW}-${name}`;
  const found = alarms.find(({ Properties }) => isIt(spelled(Properties['AlarmName'])));
  if (found === undefined) throw new Error(`There is no alarm ${name}`);
  return found;
}

interface Query {
  readonly Id: string;
  readonly MetricStat?: {
    readonly Metric: { readonly MetricName: string };
    readonly Period: number;
    readonly Stat: string;
  };
}

/** By the name that it has in the expression: the metric, its period in seconds and its statistic. */
function metricsOf(name: string): Record<string, unknown> {
  const queries = alarmNamed(name).Properties['Metrics'] as readonly Query[];
  return Object.fromEntries(
    queries.flatMap(({ Id, MetricStat: stat }) =>
      stat === undefined ? [] : [[Id, [stat.Metric.MetricName, stat.Period, stat.Stat]]],
    ),
  );
}
