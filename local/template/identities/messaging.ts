import { arn, fingerprint, type Identify, nameOf, textOf } from '../identity.ts';
import { isObject } from '../intrinsics.ts';

/** SQS, SNS, EventBridge, Scheduler and SES. */
export const messagingIdentities: Readonly<Record<string, Identify>> = {
  'AWS::SQS::Queue': (subject) => {
    const given = nameOf(subject, 'QueueName', 75);
    const isFifo = subject.property('FifoQueue') === true;
    const name = isFifo && !given.endsWith('.fifo') ? `${given}.fifo` : given;
    const url = `${subject.endpoint}/${subject.place.accountId}/${name}`;
    return { physicalId: url, attributes: { Arn: arn(subject, 'sqs', name), QueueName: name, QueueUrl: url } };
  },
  'AWS::SQS::QueuePolicy': (subject) => ({ physicalId: nameOf(subject, 'Id', 80), attributes: {} }),
  'AWS::SNS::Topic': (subject) => {
    const name = nameOf(subject, 'TopicName', 256);
    const topicArn = arn(subject, 'sns', name);
    return { physicalId: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
  },
  'AWS::SNS::Subscription': (subject) => {
    const subscriptionArn = `${textOf(subject, 'TopicArn')}:${fingerprint(subject, 'subscription', 12)}`;
    return { physicalId: subscriptionArn, attributes: { Arn: subscriptionArn } };
  },
  'AWS::SNS::TopicPolicy': (subject) => ({ physicalId: nameOf(subject, 'Id', 80), attributes: {} }),
  'AWS::Events::EventBus': (subject) => {
    const name = textOf(subject, 'Name');
    return { physicalId: name, attributes: { Name: name, Arn: arn(subject, 'events', `event-bus/${name}`) } };
  },
  'AWS::Events::Rule': (subject) => {
    const name = nameOf(subject, 'Name');
    const bus = textOf(subject, 'EventBusName').replace(/^.*event-bus\//, '');
    const isDefault = bus === '' || bus === 'default';
    return {
      physicalId: isDefault ? name : `${bus}|${name}`,
      attributes: { Arn: arn(subject, 'events', isDefault ? `rule/${name}` : `rule/${bus}/${name}`) },
    };
  },
  'AWS::Scheduler::ScheduleGroup': (subject) => {
    const name = nameOf(subject, 'Name');
    return { physicalId: name, attributes: { Arn: arn(subject, 'scheduler', `schedule-group/${name}`) } };
  },
  'AWS::Scheduler::Schedule': (subject) => {
    const name = nameOf(subject, 'Name');
    const group = textOf(subject, 'GroupName') || 'default';
    return { physicalId: name, attributes: { Arn: arn(subject, 'scheduler', `schedule/${group}/${name}`) } };
  },
  'AWS::SES::EmailIdentity': (subject) => ({ physicalId: textOf(subject, 'EmailIdentity'), attributes: {} }),
  'AWS::SES::ReceiptRuleSet': (subject) => ({ physicalId: nameOf(subject, 'RuleSetName'), attributes: {} }),
  'AWS::SES::ReceiptRule': (subject) => {
    const rule = subject.property('Rule');
    const name = isObject(rule) && typeof rule['Name'] === 'string' ? rule['Name'] : nameOf(subject, 'Id');
    return { physicalId: name, attributes: {} };
  },
  'AWS::SES::ConfigurationSet': (subject) => ({ physicalId: nameOf(subject, 'Name'), attributes: {} }),
};
