import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { CfnStateMachineVersion, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { allowToSplit } from './allow-to-split.ts';
import type { CaseMachines } from './case-machines.ts';
import type { Intake } from './intake.ts';
import { publishMachine } from './machine-version.ts';
import type { RemitFunction } from './remit-function.ts';

/** Fixed, so that the machine may name itself in its own rights: the pieces of a distributed Map are executions of it. */
const BATCH_MACHINE_NAME = 'remit-batch';

/** The state machine `batch`: a file of many lines, for every workflow that declares a trigger of many. */
export class BatchMachine extends Construct {
  readonly machine: StateMachine;
  readonly #newest: CfnStateMachineVersion;

  constructor(
    scope: Construct,
    id: string,
    { machines, advanceBatch, intake }: { machines: CaseMachines; advanceBatch: RemitFunction; intake: Intake },
  ) {
    super(scope, id);
    this.machine = machines.machine('Batch', 'batch', { AdvanceBatch: advanceBatch }, {}, BATCH_MACHINE_NAME);
    this.#newest = publishMachine(this.machine);
    // Executions of an earlier release put the lines there themselves, with the role of now.
    intake.queue.grant(this.machine.role, 'sqs:SendMessage');
    allowToSplit(this.machine, BATCH_MACHINE_NAME);
    // The file can be sent again: what was begun of it is known, and nothing is done twice.
    new Rule(this, 'FailedBatches', {
      description: 'Files whose lines may not all be on the queue, or whose owner was not told',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [this.machine.stateMachineArn] },
      },
      targets: [new SqsQueue(intake.deadLetters, { retryAttempts: 8, maxEventAge: Duration.hours(6) })],
    });
  }

  /** By the version that it was deployed with, which understands how it begins files. */
  grantStart(fn: RemitFunction): void {
    this.machine.grantStartExecution(fn.role);
    fn.set('REMIT_BATCH_MACHINE_ARN', this.#newest.ref);
  }
}
