import * as z from 'zod';
import type { JsonObject } from '../kernel/service.ts';
import { BootError } from '../template/index.ts';
import { checkTrust, type Provision, propertiesOf } from './stack.ts';

/** Queues, schedules and mail. */
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
  'AWS::Scheduler::ScheduleGroup': (resource, { aws }) => aws.scheduler.ensureGroup(resource.physicalId),
  'AWS::Scheduler::Schedule': (resource, stack) => {
    const { Target } = ScheduleTarget.parse(resource.properties);
    checkTrust(stack, Target.RoleArn, 'scheduler.amazonaws.com', resource);
    stack.aws.scheduler.ensureSchedule({ ...resource.properties, Name: resource.physicalId });
  },
  'AWS::SES::EmailIdentity': (resource, { aws }) => aws.ses.ensureIdentity(resource.physicalId),
  'AWS::SES::ConfigurationSet': () => undefined,
};

const QueuePolicy = z.strictObject({ PolicyDocument: z.record(z.string(), z.json()), Queues: z.array(z.string()) });

const ScheduleTarget = z.object({ Target: z.object({ RoleArn: z.string() }) });
