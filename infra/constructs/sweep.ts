import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { RemitFunction } from './remit-function.ts';

/** Longest that an answer waits for its execution to hear of it, or an overturning to be gone on with, where that failed. */
const EVERY = Duration.hours(1);

/** The net under every answer and every overturning: what was not heard of is told again, what was not started is. */
export class Sweep extends Construct {
  constructor(scope: Construct, id: string, answerRequest: RemitFunction) {
    super(scope, id);
    new Rule(this, 'Answers', {
      description:
        'Answers whose waiting execution could not be woken are told again, overturnings that broke off go on',
      schedule: Schedule.rate(EVERY),
      targets: [new LambdaFunction(answerRequest.live)],
    });
  }
}
