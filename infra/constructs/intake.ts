import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RemitFunction } from './remit-function.ts';

/** Tries of a message before a person has to look at it. */
const MOST_TRIES = 5;

/** The queue that every trigger passes, its dead letters, and the function that starts cases from it. */
export class Intake extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly startCase: RemitFunction;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const timeout = Duration.seconds(30);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.queue = new Queue(this, 'Queue', {
      // Six times the function's time, as Lambda asks for.
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MOST_TRIES },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.startCase = new RemitFunction(this, 'StartCase', { entry: 'start-case', timeout });
    this.grantSend(this.startCase);
  }

  /** Called when all settings of the function are made, because its version is fixed then. */
  connect(): void {
    this.startCase.live.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 10 }),
    );
  }

  /**
   * Lets event rules put messages here, and among the dead letters what they could not deliver. One statement for all of
   * them: the policy of a queue holds twenty, and rules are as many as workflows have triggers.
   * @param rules pattern of their ARNs.
   */
  letRulesSend(rules: string): void {
    for (const queue of [this.queue, this.deadLetters]) letSend(queue, rules);
  }

  /** Only what they could not deliver elsewhere. */
  letRulesGiveUp(rules: string): void {
    letSend(this.deadLetters, rules);
  }

  /** To look through them, to take some out, and to put what is left of one in its place. */
  grantEraseDeadLetters(fn: RemitFunction): void {
    const actions = ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:SendMessage'];
    this.deadLetters.grant(fn.role, ...actions);
    fn.set('REMIT_DEAD_LETTERS_URL', this.deadLetters.queueUrl);
  }

  grantSend(fn: RemitFunction): void {
    this.queue.grant(fn.role, 'sqs:SendMessage');
    fn.set('REMIT_INTAKE_QUEUE_URL', this.queue.queueUrl);
  }
}

function letSend(queue: Queue, rules: string): void {
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnLike: { 'aws:SourceArn': rules } },
    }),
  );
}
