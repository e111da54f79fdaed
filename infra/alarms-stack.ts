import { createHash } from 'node:crypto';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Workflow } from '../shared/authoring/index.ts';
import { Alarms } from './constructs/alarms.ts';

/** What alarms look at, beside the metrics that the functions count. */
export interface Watched {
  readonly intake: Queue;
  readonly deadLetters: Queue;
  readonly apiId: string;
  readonly receivesMail: boolean;
}

export interface AlarmsStackProps extends StackProps {
  /** Those of the deployment. */
  readonly workflows: readonly Workflow[];
  readonly watched: Watched;
  /** Of how many decisions a rate says something. */
  readonly leastDecisions: number;
  /** From 1. The first has the alarms that belong to no workflow too. */
  readonly number: number;
  /** How many such stacks share the workflows. */
  readonly count: number;
}

/**
 * The alarms and their topics, apart from what they watch: they are most of what a workflow adds, and a stack holds 500
 * resources. A stack beside the other and no nested one, because alarms have names: those of a nested stack would be made
 * while an earlier release still has its own of the same names.
 */
export class AlarmsStack extends Stack {
  constructor(scope: Construct, id: string, props: AlarmsStackProps) {
    super(scope, id, props);
    const { workflows, watched, leastDecisions: least, number, count } = props;
    const alarms = new Alarms(this, 'Alarms', { least });
    for (const workflow of workflows) {
      if (alarmsStackOf(workflow.id, count) === number) alarms.add(workflow, watched.intake);
    }
    if (number === 1) {
      alarms.addDeadLetters(watched.deadLetters, workflows);
      alarms.addRefusals(watched.apiId, workflows);
      if (watched.receivesMail) alarms.addUnwantedMails(workflows);
    }
    alarms.guardTopics();
  }
}

/**
 * Which of `count` stacks has the alarms of a workflow, from 1: each stack draws a number for it, and the highest has it.
 * So a further stack takes some workflows over and moves none between the others.
 */
export function alarmsStackOf(workflowId: string, count: number): number {
  const drawn = Array.from({ length: count }, (_, index) =>
    createHash('sha256')
      .update(`${workflowId}/${index + 1}`)
      .digest('hex'),
  );
  return drawn.indexOf(drawn.toSorted().at(-1) ?? '') + 1;
}
