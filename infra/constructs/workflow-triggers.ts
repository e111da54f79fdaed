import { RemovalPolicy, Stack, TimeZone } from 'aws-cdk-lib';
import { EventBus, EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import {
  type EventTrigger,
  type ScheduleTrigger,
  type Workflow,
  webhookSecretName,
} from '../../shared/authoring/index.ts';
import type { Intake } from './intake.ts';

/** A signing secret is base64 text of this length. */
const SECRET_LENGTH = 44;

/** The bus, and per workflow its signing secret, event rules and schedules, made from its definition. */
export class WorkflowTriggers extends Construct {
  readonly bus: EventBus;
  readonly #intake: Intake;

  constructor(scope: Construct, id: string, intake: Intake) {
    super(scope, id);
    this.#intake = intake;
    this.bus = new EventBus(this, 'Bus', { eventBusName: BUS_NAME });
  }

  /** What rules of the bus need to reach the intake; nothing where no workflow waits for an event. */
  letRulesSend(workflows: readonly Workflow[]): void {
    if (!workflows.some(({ triggers }) => triggers.some(({ kind }) => kind === 'event'))) return;
    this.#intake.letRulesSend(
      Stack.of(this).formatArn({ service: 'events', resource: 'rule', resourceName: `${BUS_NAME}/*` }),
    );
  }

  add(workflow: Workflow): void {
    const webhooks = workflow.triggers.filter((trigger) => trigger.kind === 'webhook');
    for (const name of new Set(webhooks.map((trigger) => webhookSecretName(workflow.id, trigger)))) {
      this.#addSecret(workflow, name);
    }
    for (const trigger of workflow.triggers) {
      if (trigger.kind === 'event') this.#addRule(workflow, trigger);
      if (trigger.kind === 'schedule') this.#addSchedule(workflow, trigger);
    }
  }

  #addSecret({ id }: Workflow, name: string): void {
    new Secret(this, `Secret-${name}`, {
      secretName: `${WEBHOOK_SECRET_PREFIX}${name}`,
      description: `Signing secrets of ${name === id ? 'the webhooks of' : 'the sender of'} ${name}: current and, during a rotation, previous`,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ previous: null }),
        generateStringKey: 'current',
        excludePunctuation: true,
        passwordLength: SECRET_LENGTH,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Events reach the queue without a function; the event's id makes a repeated delivery the same case. */
  #addRule(workflow: Workflow, { id, source, detailType }: EventTrigger): void {
    const message = RuleTargetInput.fromObject({
      ...{ workflow: workflow.id, trigger: id },
      ...{ eventId: EventField.eventId, receivedAt: EventField.time, body: EventField.fromPath('$.detail') },
    });
    const { queue, deadLetters } = this.#intake;
    new Rule(this, `Rule-${workflow.id}-${id}`, {
      eventBus: this.bus,
      eventPattern: { source: [source], detailType: [detailType] },
      // A target of CDK's would write a statement for each rule into the policies of both queues.
      targets: [
        { bind: () => ({ arn: queue.queueArn, input: message, deadLetterConfig: { arn: deadLetters.queueArn } }) },
      ],
    });
  }

  /** The scheduled time is the event: a slot that fires twice is the same slot. */
  #addSchedule(workflow: Workflow, { id, cron, timezone }: ScheduleTrigger): void {
    const slot = ContextAttribute.scheduledTime;
    const input = ScheduleTargetInput.fromObject({
      ...{ workflow: workflow.id, trigger: id, eventId: slot, receivedAt: slot, body: { due: slot } },
    });
    const { queue, deadLetters } = this.#intake;
    new Schedule(this, `Schedule-${workflow.id}-${id}`, {
      schedule: ScheduleExpression.expression(cron, TimeZone.of(timezone)),
      target: new SqsSendMessage(queue, { input, deadLetterQueue: deadLetters }),
    });
  }
}

/** The bus that starts cases, and that tells others of them. */
export const BUS_NAME = 'remit';

/** Followed by the id of the workflow. */
export const WEBHOOK_SECRET_PREFIX = 'remit/webhook/';
