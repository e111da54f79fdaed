import { Duration } from 'aws-cdk-lib';
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
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Workflow } from '../../shared/authoring/index.ts';

interface Watch {
  readonly name: string;
  /** What is wrong and where to look first, for the mail. */
  readonly description: string;
  readonly metric: IMetric;
  readonly above: number;
}

/** The alarms of every workflow, mailed to its owner. */
export class Alarms extends Construct {
  /** The owner of each workflow hears of its own; dead letters are everybody's. */
  add(workflow: Workflow): void {
    const topic = this.#topic(workflow);
    for (const watch of watches(workflow)) this.#alarm(`${workflow.id}-${watch.name}`, watch, topic);
  }

  addDeadLetters(queue: Queue, owner: Workflow): void {
    const watch: Watch = {
      name: 'dead-letters',
      description: 'A trigger could not be turned into a case after several tries. It waits in the dead-letter queue.',
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: Stats.MAXIMUM }),
      above: 0,
    };
    this.#alarm('dead-letters', watch, this.#topic(owner));
  }

  #topic({ id, team }: Workflow): Topic {
    const known = this.node.tryFindChild(`Topic-${id}`);
    if (known instanceof Topic) return known;
    const topic = new Topic(this, `Topic-${id}`, { displayName: `Remit alarms of ${id}`, enforceSSL: true });
    topic.addSubscription(new EmailSubscription(team.owner));
    return topic;
  }

  #alarm(id: string, { description, metric, above }: Watch, topic: Topic): void {
    const alarm = new Alarm(this, id, {
      alarmName: `remit-${id}`,
      alarmDescription: description,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
  }
}

const FIVE_MINUTES = Duration.minutes(5);
const HOUR = Duration.hours(1);

function watches({ id }: Workflow): Watch[] {
  const of = (metricName: string, period: Duration, statistic: string = Stats.SUM): Metric =>
    new Metric({
      namespace: 'Remit',
      metricName,
      dimensionsMap: { service: 'remit', workflow: id },
      period,
      statistic,
    });
  return [
    {
      name: 'error-rate',
      description: `More than 5 % of the cases of ${id} met an error: a source, a model or a step is failing.`,
      metric: math('IF(cases > 0, 100 * errors / cases, 0)', FIVE_MINUTES, {
        errors: of('Errors', FIVE_MINUTES),
        cases: of('CasesOpened', FIVE_MINUTES),
      }),
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
      description: `Triggers of ${id} came in the last hour, but no decision was made: something between them stands still.`,
      metric: math('IF(FILL(triggers, 0) > 0, IF(FILL(decisions, 0) > 0, 0, 1), 0)', HOUR, {
        triggers: of('TriggersAccepted', HOUR),
        decisions: of('Decisions', HOUR),
      }),
      above: 0,
    },
    {
      name: 'latency',
      description: `The slowest twentieth of the decisions of ${id} took more than 60 s from trigger to decision.`,
      metric: of('DecisionLatency', FIVE_MINUTES, Stats.percentile(95)),
      above: 60_000,
    },
  ];
}

function math(expression: string, period: Duration, usingMetrics: Record<string, IMetric>): MathExpression {
  return new MathExpression({ expression, period, usingMetrics });
}
