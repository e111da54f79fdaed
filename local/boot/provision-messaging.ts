import * as z from 'zod';
import { arnOf } from '../kernel/names.ts';
import type { JsonObject } from '../kernel/service.ts';
import { BootError } from '../template/index.ts';
import { checkTrust, type Provision, propertiesOf } from './stack.ts';

/** Queues, topics, events, schedules and mail. A queue's or topic's policy is the template's at every boot. */
export const provisionMessaging: Readonly<Record<string, Provision>> = {
  'AWS::SQS::Queue': (resource, { aws }) => {
    const name = resource.attributes['QueueName'] ?? '';
    aws.sqs.ensureQueue(name, resource.properties);
    aws.sqs.setQueuePolicy(name, null);
  },
  'AWS::SQS::QueuePolicy': (resource, stack) => {
    const { Queues, PolicyDocument } = propertiesOf(resource, QueuePolicy);
    for (const url of Queues) {
      const queue = stack.resources.find((one) => one.type === 'AWS::SQS::Queue' && one.physicalId === url);
      if (queue === undefined) throw new BootError(`The queue policy ${resource.logicalId} names an unknown queue.`);
      stack.aws.sqs.setQueuePolicy(queue.attributes['QueueName'] ?? '', PolicyDocument as JsonObject);
    }
  },
  'AWS::SNS::Topic': (resource, stack) => {
    stack.aws.sns.ensureTopic(resource.attributes['TopicName'] ?? '', resource.properties);
    stack.aws.sns.setTopicPolicy(resource.physicalId, null);
  },
  'AWS::SNS::TopicPolicy': (resource, stack) => {
    const { Topics, PolicyDocument } = propertiesOf(resource, TopicPolicy);
    for (const topicArn of Topics) stack.aws.sns.setTopicPolicy(topicArn, PolicyDocument as JsonObject);
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
  // One machine has one rule set, and it is the active one.
  'AWS::SES::ReceiptRuleSet': () => undefined,
  'AWS::SES::ReceiptRule': (resource, { aws }) => aws.ses.ensureReceiptRule(resource.physicalId, resource.properties),
  'AWS::SES::ConfigurationSet': () => undefined,
};

const TopicPolicy = z.strictObject({ PolicyDocument: z.record(z.string(), z.json()), Topics: z.array(z.string()) });

const QueuePolicy = z.strictObject({ PolicyDocument: z.record(z.string(), z.json()), Queues: z.array(z.string()) });

const RuleTargets = z.object({ Targets: z.array(z.object({ RoleArn: z.string().optional() })).default([]) });

/** A schedule acts for its group, whose ARN is what trust policies name. */
const ScheduleTarget = z.object({
  Target: z.object({ RoleArn: z.string() }),
  GroupName: z.string().default('default'),
});
