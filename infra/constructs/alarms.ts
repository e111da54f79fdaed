import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Workflow } from '../../shared/authoring/index.ts';

interface Watch {
  /** What is wrong and where to look first, for the mail. */
  readonly description: string;
  readonly metric: IMetric;
  readonly above: number;
  /** Periods of which one must be above; 1 by default. */
  readonly evaluationPeriods?: number;
}

/** The alarms of every workflow, mailed to its owner. A mail comes when something is wrong, none when it is over. */
export class Alarms extends Construct {
  readonly #intake: Queue;

  constructor(scope: Construct, id: string, intake: Queue) {
    super(scope, id);
    this.#intake = intake;
  }

  /** The owner of each workflow hears of its own; dead letters are everybody's. */
  add(workflow: Workflow): void {
    const topic = this.#topic(workflow);
    for (const watch of watchesOf(workflow, this.#intake)) {
      this.#alarm(`${workflow.id}-${watch.name}`, watch).addAlarmAction(new SnsAction(topic));
    }
  }

  addDeadLetters(queue: Queue, workflows: readonly Workflow[]): void {
    const alarm = this.#alarm('dead-letters', {
      description: 'A trigger could not be turned into a case after several tries. It waits in the dead-letter queue.',
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: Stats.MAXIMUM }),
      above: 0,
    });
    alarm.addAlarmAction(new SnsAction(this.#topicOfAll(workflows)));
  }

  /** Somebody tries links, codes or tokens: each gets the same answer, and is counted. */
  addRefusals(apiId: string, workflows: readonly Workflow[]): void {
    const alarm = this.#alarm('refused-calls', {
      description: 'More than 500 calls were refused within five minutes: somebody tries links, codes or tokens.',
      metric: new Metric({
        ...{ namespace: 'AWS/ApiGateway', metricName: '4xx', dimensionsMap: { ApiId: apiId } },
        ...{ period: FIVE_MINUTES, statistic: Stats.SUM },
      }),
      above: 500,
    });
    alarm.addAlarmAction(new SnsAction(this.#topicOfAll(workflows)));
  }

  /** Mails to the address for answers and to that of the sender, which belong to no workflow: many are a flood or a circle. */
  addUnwantedMails(workflows: readonly Workflow[]): void {
    const alarm = this.#alarm('unwanted-mails', {
      description: 'More than 50 mails of machines or strangers came within an hour to the address for answers.',
      metric: math('FILL(stopped, 0) + FILL(notTaken, 0)', HOUR, {
        stopped: metricOf('none', 'MailsStopped', HOUR),
        notTaken: metricOf('none', 'RepliesNotTaken', HOUR),
      }),
      above: 50,
    });
    alarm.addAlarmAction(new SnsAction(this.#topicOfAll(workflows)));
  }

  #topic({ id, team }: Workflow): Topic {
    return this.#topicTo(`Topic-${id}`, `Remit alarms of ${id}`, [team.owner]);
  }

  /** One topic for all owners: CloudWatch takes at most five actions of an alarm, and there may be more workflows. */
  #topicOfAll(workflows: readonly Workflow[]): Topic {
    return this.#topicTo('Topic', 'Remit alarms of all workflows', [
      ...new Set(workflows.map(({ team }) => team.owner)),
    ]);
  }

  #topicTo(id: string, displayName: string, people: readonly string[]): Topic {
    const known = this.node.tryFindChild(id);
    if (known instanceof Topic) return known;
    const topic = new Topic(this, id, { displayName, enforceSSL: true });
    for (const person of people) topic.addSubscription(new EmailSubscription(person));
    this.#letAlarmsPublish(topic);
    return topic;
  }

  /** A topic with a policy of its own takes nothing from CloudWatch unless the policy says so. */
  #letAlarmsPublish(topic: Topic): void {
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }

  #alarm(id: string, { description, metric, above, evaluationPeriods = 1 }: Watch): Alarm {
    return new Alarm(this, id, {
      alarmName: `remit-${id}`,
      alarmDescription: description,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods,
      datapointsToAlarm: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

const FIVE_MINUTES = Duration.minutes(5);
const HALF_HOUR = Duration.minutes(30);
const HOUR = Duration.hours(1);

type NamedWatch = Watch & { readonly name: string };

function metricOf(workflow: string, metricName: string, period: Duration, statistic: string = Stats.SUM): Metric {
  return new Metric({
    namespace: 'Remit',
    metricName,
    dimensionsMap: { service: 'remit', workflow },
    period,
    statistic,
  });
}

function watchesOf(workflow: Workflow, intake: Queue): NamedWatch[] {
  const { id } = workflow;
  const of = (metricName: string, period: Duration, statistic: string = Stats.SUM): Metric =>
    metricOf(id, metricName, period, statistic);
  return [
    {
      name: 'error-rate',
      description: `More than 5 % of the cases of ${id} met an error: a source, a model or a step is failing.`,
      // Where no case could even be opened, every error is one too many.
      metric: math(
        'IF(FILL(cases, 0) > 0, 100 * FILL(errors, 0) / FILL(cases, 0), 100 * FILL(errors, 0))',
        FIVE_MINUTES,
        {
          errors: of('Errors', FIVE_MINUTES),
          cases: of('CasesOpened', FIVE_MINUTES),
        },
      ),
      above: 5,
    },
    {
      name: 'escalation-rate',
      description: `More than 40 % of the decisions of ${id} went to a person: the agent is not sure enough.`,
      metric: math('IF(decisions > 0, 100 * escalations / decisions, 0)', HOUR, {
        escalations: of('Escalations', HOUR),
        decisions: of('Decisions', HOUR),
      }),
      above: 40,
    },
    {
      name: 'silence',
      description: `Triggers of ${id} came, but for an hour no decision was made: something between them stands still.`,
      metric: silence({
        cases: of('CasesOpened', HALF_HOUR),
        decisions: of('Decisions', HALF_HOUR),
        oldestSeconds: intake.metricApproximateAgeOfOldestMessage({ period: HALF_HOUR, statistic: Stats.MAXIMUM }),
      }),
      above: 0,
      // The value of a half hour looks at the one before it too.
      evaluationPeriods: 2,
    },
    {
      name: 'latency',
      description: `The slowest twentieth of the decisions of ${id} took more than 60 s from trigger to decision.`,
      metric: of('DecisionLatency', FIVE_MINUTES, Stats.percentile(95)),
      above: 60_000,
    },
    {
      name: 'unlike-triggers',
      description: `More than 3 triggers of ${id} came within an hour under the name of another one: their sender mixes up names, or somebody makes them up.`,
      metric: of('TriggersUnlike', HOUR),
      above: 3,
    },
    ...watchesOfMail(workflow),
  ];
}

/** Of a workflow that mail starts. */
function watchesOfMail({ id, triggers }: Workflow): NamedWatch[] {
  const byMail = triggers.filter((trigger) => trigger.kind === 'inbound-mail');
  return [
    {
      name: 'stopped-mails',
      description: `More than 50 mails of machines came to ${id} within an hour: a flood, or two machines that answer each other.`,
      metric: metricOf(id, 'MailsStopped', HOUR),
      above: 50,
      holds: byMail.length > 0,
    },
    {
      name: 'doubted-replies',
      description: `More than 5 mails to ${id} within an hour said that they answer what they do not, or came from somebody else than we wrote to.`,
      metric: metricOf(id, 'RepliesDoubted', HOUR),
      above: 5,
      holds: byMail.some(({ replies }) => replies !== null),
    },
  ].flatMap(({ holds, ...watch }) => (holds ? [watch] : []));
}

/**
 * 1 when an hour has passed without a decision, although cases were opened in its first half, by whatever trigger, or
 * triggers of any kind wait at the intake. Cases of the second half may well be decided at any moment. `x - DIFF(x)` is
 * the value of the half hour before.
 */
function silence(metrics: { cases: IMetric; decisions: IMetric; oldestSeconds: IMetric }): MathExpression {
  const isWaiting = `FILL(oldestSeconds, 0) > ${HALF_HOUR.toSeconds()}`;
  const filled = {
    ...{ cases: math('FILL(rawCases, 0)', HALF_HOUR, { rawCases: metrics.cases }) },
    ...{ decisions: math('FILL(rawDecisions, 0)', HALF_HOUR, { rawDecisions: metrics.decisions }) },
  };
  return math(
    `IF((cases - DIFF(cases) > 0 OR ${isWaiting}) AND 2 * decisions - DIFF(decisions) == 0, 1, 0)`,
    HALF_HOUR,
    { ...filled, oldestSeconds: metrics.oldestSeconds },
  );
}

function math(expression: string, period: Duration, usingMetrics: Record<string, IMetric>): MathExpression {
  return new MathExpression({ expression, period, usingMetrics });
}
