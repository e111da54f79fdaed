import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { RemitFunction } from './remit-function.ts';

/** Longest that an answer waits for its execution to hear of it, where the first try failed. */
const EVERY = Duration.hours(1);

/** The net under every answer: what was answered and not heard of is told again. */
export class Sweep extends Construct {
  constructor(scope: Construct, id: string, answerRequest: RemitFunction) {
    super(scope, id);
    new Rule(this, 'Answers', {
      description: 'Answers whose waiting execution could not be woken are told again',
      schedule: Schedule.rate(EVERY),
      targets: [new LambdaFunction(answerRequest.live)],
    });
  }
}
