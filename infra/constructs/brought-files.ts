import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { BucketFileTrigger, Workflow } from '../../shared/authoring/index.ts';
import { FilesBucket } from './files-bucket.ts';
import type { Intake } from './intake.ts';
import { RemitFunction } from './remit-function.ts';

/** For how long a file is kept as it came; its lines are in their cases. */
const KEPT_DAYS = 30;

/**
 * Files that start cases: a bucket for others to put them in, a rule for each trigger, and the function that reads them.
 * Without a workflow that waits for files, nothing of it is made.
 */
export class BroughtFiles extends Construct {
  constructor(
    scope: Construct,
    id: string,
    {
      workflows,
      intake,
      advanceBatch,
    }: { workflows: readonly Workflow[]; intake: Intake; advanceBatch: RemitFunction },
  ) {
    super(scope, id);
    const awaited = workflows.flatMap(({ id: workflow, triggers }) =>
      triggers.filter(isBucketFile).map((trigger) => ({ workflow, trigger })),
    );
    if (awaited.length === 0) return;
    // Each version is read as it was put, also where another comes before that.
    const { bucket } = new FilesBucket(this, 'Files', { keptDays: KEPT_DAYS, isVersioned: true, tellsEvents: true });
    const reader = new RemitFunction(this, 'ReceiveFile', { entry: 'receive-file' });
    const prefixes = new Set(awaited.map(({ trigger }) => trigger.prefix));
    const resources = [...prefixes].map((prefix) => bucket.arnForObjects(`${prefix}*`));
    // Whoever goes on with a large file reads it where it lies.
    for (const fn of [reader, advanceBatch]) {
      fn.allow(new PolicyStatement({ actions: ['s3:GetObjectVersion'], resources }));
    }
    intake.grantSend(reader);
    for (const { workflow, trigger } of awaited) {
      new Rule(this, `Rule-${workflow}-${trigger.id}`, {
        eventPattern: {
          source: ['aws.s3'],
          detailType: ['Object Created'],
          detail: { bucket: { name: [bucket.bucketName] }, object: { key: [keysOf(trigger)] } },
        },
        // A target of CDK's would bring a permission along for each rule, and a statement for the dead letters.
        targets: [
          {
            bind: () => ({
              arn: reader.live.functionArn,
              input: RuleTargetInput.fromObject({
                ...{ workflow, trigger: trigger.id, receivedAt: EventField.time },
                bucket: EventField.fromPath('$.detail.bucket.name'),
                key: EventField.fromPath('$.detail.object.key'),
                versionId: EventField.fromPath('$.detail.object.version-id'),
              }),
              deadLetterConfig: { arn: intake.deadLetters.queueArn },
              retryPolicy: {
                maximumRetryAttempts: 8,
                maximumEventAgeInSeconds: Duration.hours(6).toSeconds(),
              },
            }),
          },
        ],
      });
    }
    this.#letRulesCall(reader, intake);
    new CfnOutput(this, 'Bucket', { value: bucket.bucketName, description: 'Where files are put that start cases' });
  }

  /** CloudFormation names a rule after its stack and its logical id, which begins with the names of its constructs. */
  #letRulesCall(reader: RemitFunction, intake: Intake): void {
    const stack = Stack.of(this);
    const resourceName = `${stack.stackName}-${this.node.id}Rule*`;
    const rules = stack.formatArn({ service: 'events', resource: 'rule', resourceName });
    reader.live.addPermission('Rules', { principal: new ServicePrincipal('events.amazonaws.com'), sourceArn: rules });
    intake.letRulesGiveUp(rules);
  }
}

function keysOf({ prefix, suffix }: BucketFileTrigger): object {
  return suffix === '' ? { prefix } : { wildcard: `${prefix}*${suffix}` };
}

function isBucketFile(trigger: Workflow['triggers'][number]): trigger is BucketFileTrigger {
  return trigger.kind === 'bucket-file';
}
