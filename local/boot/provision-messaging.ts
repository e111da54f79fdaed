import * as z from 'zod';
import { arnOf } from '../kernel/names.ts';
import type { JsonObject } from '../kernel/service.ts';
import { BootError, type Resource } from '../template/index.ts';
import { checkTrust, type Provision, propertiesOf, type Stack } from './stack.ts';

/** Queues, topics, events, schedules and mail. */
export const provisionMessaging: Readonly<Record<string, Provision>> = {
  'AWS::SQS::Queue': (resource, { aws }) => {
    aws.sqs.ensureQueue(resource.attributes['QueueName'] ?? '', resource.properties);
  },
  'AWS::SQS::QueuePolicy': (resource, stack) => {
    const { Queues, PolicyDocument } = propertiesOf(resource, QueuePolicy);
    for (const url of Queues) {
      const queue = stack.resources.find((one) => one.type === 'AWS::SQS::Queue' && one.physicalId === url);
      if (queue === undefined) throw new BootError(`The queue policy ${resource.logicalId} names an unknown queue.`);
      stack.aws.sqs.setQueuePolicy(queue.attributes['QueueName'] ?? '', PolicyDocument as JsonObject);
      stack.iam.addResourcePolicy(queue.attributes['Arn'] ?? '', PolicyDocument as JsonObject);
    }
  },
  'AWS::SNS::Topic': (resource, stack) => {
    stack.aws.sns.ensureTopic(resource.attributes['TopicName'] ?? '', resource.properties);
    if (!hasPolicy(resource, stack))
      stack.iam.addResourcePolicy(resource.physicalId, defaultTopicPolicy(resource, stack));
  },
  'AWS::SNS::TopicPolicy': (resource, stack) => {
    const { Topics, PolicyDocument } = propertiesOf(resource, TopicPolicy);
    for (const topicArn of Topics) {
      stack.aws.sns.setTopicPolicy(topicArn, PolicyDocument as JsonObject);
      stack.iam.addResourcePolicy(topicArn, PolicyDocument as JsonObject);
    }
  },
  'AWS::SNS::Subscription': (resource, { aws }) => void aws.sns.ensureSubscription(resource.properties),
  'AWS::Events::EventBus': (resource, { aws }) => void aws.events.ensureBus(resource.physicalId),
  'AWS::Events::Rule': (resource, stack) => {
    const { Targets } = RuleTargets.parse(resource.properties);
    for (const { RoleArn } of Targets) {
      if (RoleArn === undefined) continue;
      checkTrust(stack, {
        roleArn: RoleArn,
        service: 'events.amazonaws.com',
        sourceArn: resource.attributes['Arn'] ?? '',
      });
    }
    const name = resource.physicalId.slice(resource.physicalId.indexOf('|') + 1);
    stack.aws.events.ensureRule({ ...resource.properties, Name: name });
  },
  'AWS::Scheduler::ScheduleGroup': (resource, { aws }) => aws.scheduler.ensureGroup(resource.physicalId),
  'AWS::Scheduler::Schedule': (resource, stack) => {
    const { Target, GroupName } = ScheduleTarget.parse(resource.properties);
    const sourceArn = arnOf(stack.place, 'scheduler', `schedule-group/${GroupName}`);
    checkTrust(stack, { roleArn: Target.RoleArn, service: 'scheduler.amazonaws.com', sourceArn });
    stack.aws.scheduler.ensureSchedule({ ...resource.properties, Name: resource.physicalId });
  },
  'AWS::SES::EmailIdentity': (resource, { aws }) => aws.ses.ensureIdentity(resource.physicalId),
  'AWS::SES::ConfigurationSet': () => undefined,
};

function hasPolicy(topic: Resource, stack: Stack): boolean {
  return stack.resources.some((resource) => {
    return (
      resource.type === 'AWS::SNS::TopicPolicy' &&
      JSON.stringify(resource.properties['Topics']).includes(topic.physicalId)
    );
  });
}

/** What SNS gives a topic that has no policy of its own; a topic policy takes its place, it is not added to it. */
function defaultTopicPolicy(topic: Resource, { place }: Stack): JsonObject {
  return {
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'sns:Publish',
      Resource: topic.physicalId,
      Condition: { StringEquals: { 'AWS:SourceOwner': place.accountId } },
    },
  };
}

const TopicPolicy = z.strictObject({ PolicyDocument: z.record(z.string(), z.json()), Topics: z.array(z.string()) });

const QueuePolicy = z.strictObject({ PolicyDocument: z.record(z.string(), z.json()), Queues: z.array(z.string()) });

const RuleTargets = z.object({ Targets: z.array(z.object({ RoleArn: z.string().optional() })).default([]) });

/** A schedule acts for its group, whose ARN is what trust policies name. */
const ScheduleTarget = z.object({
  Target: z.object({ RoleArn: z.string() }),
  GroupName: z.string().default('default'),
});
