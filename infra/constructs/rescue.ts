import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CaseMachines } from './case-machines.ts';
import { RemitFunction } from './remit-function.ts';

/** The net under every Catch: a case whose execution failed as a whole goes to a person. */
export class Rescue extends Construct {
  readonly rescueCase: RemitFunction;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.rescueCase = new RemitFunction(this, 'RescueCase', { entry: 'rescue-case' });
  }

  /** Called when all settings of the function are made, because its version is fixed then. */
  connect(machines: CaseMachines, deadLetterQueue: Queue): void {
    new Rule(this, 'FailedCases', {
      description: 'Cases whose execution ended without its own handling',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [machines.case.stateMachineArn] },
      },
      targets: [
        new LambdaFunction(this.rescueCase.live, { deadLetterQueue, retryAttempts: 8, maxEventAge: Duration.hours(6) }),
      ],
    });
  }
}
