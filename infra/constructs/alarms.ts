import { createHash } from 'node:crypto';
import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic, TopicPolicy } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Workflow } from '../../shared/authoring/index.ts';
import { FIVE_MINUTES, type Watch, watchesOf, watchOfUnwantedMails } from './watches.ts';

/** The alarms of every workflow, mailed to its owner. A mail comes when something is wrong, none when it is over. */
export class Alarms extends Construct {
  readonly #least: number;
  readonly #topics: Topic[] = [];

  /** `least`: of how many decisions a rate says something. */
  constructor(scope: Construct, id: string, { least }: { readonly least: number }) {
    super(scope, id);
    this.#least = least;
  }

  /** The owner of each workflow hears of its own; dead letters are everybody's. */
  add(workflow: Workflow, intake: Queue): void {
    const topic = this.#topic(workflow);
    for (const watch of watchesOf(workflow, { intake, least: this.#least })) {
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

  addUnwantedMails(workflows: readonly Workflow[]): void {
    const alarm = this.#alarm('unwanted-mails', watchOfUnwantedMails());
    alarm.addAlarmAction(new SnsAction(this.#topicOfAll(workflows)));
  }

  /** One for all workflows of an owner, who confirms it once. Its name says whose it is by a digest. */
  #topic({ team: { owner } }: Workflow): Topic {
    return this.#topicTo(
      `Topic-${createHash('sha256').update(owner).digest('hex').slice(0, 12)}`,
      'Remit alarms of your workflows',
      [owner],
    );
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
    const topic = new Topic(this, id, { displayName });
    for (const person of people) topic.addSubscription(new EmailSubscription(person));
    this.#topics.push(topic);
    return topic;
  }

  /** One policy for all topics, when all are made. With a policy of its own a topic takes nothing that it does not name. */
  guardTopics(): void {
    // Of the topic that it is attached to: such a policy reaches no further.
    const resources = ['*'];
    const { document } = new TopicPolicy(this, 'TopicPolicy', { topics: this.#topics });
    document.addStatements(
      new PolicyStatement({
        sid: 'NobodyWithoutTls',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['sns:Publish'],
        resources,
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources,
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }

  #alarm(id: string, { description, metric, above, evaluationPeriods = 1 }: Watch): Alarm {
    return new Alarm(this, id, {
      alarmName: `remit-${id}`,
      alarmDescription: `${description} What to do: docs/runbook.md.`,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods,
      datapointsToAlarm: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
