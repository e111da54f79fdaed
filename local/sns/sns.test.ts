import { describe, expect, it } from 'vitest';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import type { AwsCall, JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createSns, type NoticeMail } from './index.ts';

const topic = 'arn:aws:sns:eu-west-1:000000000000:alarms';

describe('publishing', () => {
  it('mails every subscriber and hands over the trace', async () => {
    const { sns, call, mails } = open();
    sns.ensureTopic('alarms', { Subscription: [{ Protocol: 'email', Endpoint: 'owner@example.com' }] });
    sns.ensureSubscription({ TopicArn: topic, Protocol: 'email', Endpoint: 'audit@example.com' });

    await call('Publish', { TopicArn: topic, Subject: 'Hello', Message: 'It works.' });

    expect(mails).toEqual([
      { to: 'owner@example.com', subject: 'Hello', text: 'It works.', traceId: 'case-1' },
      { to: 'audit@example.com', subject: 'Hello', text: 'It works.', traceId: 'case-1' },
    ]);
  });

  it('tells an alarm in sentences', async () => {
    const { sns, call, mails } = open();
    sns.ensureTopic('alarms', { Subscription: [{ Protocol: 'email', Endpoint: 'owner@example.com' }] });
    const alarm = {
      AlarmName: 'error-rate',
      AlarmDescription: 'Too many errors',
      NewStateValue: 'ALARM',
      OldStateValue: 'OK',
      NewStateReason: 'Threshold Crossed',
      StateChangeTime: '2026-11-23T17:35:00.000+0000',
      Region: 'eu-west-1',
      AlarmArn: 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:error-rate',
    };
    await call('Publish', { TopicArn: topic, Message: JSON.stringify(alarm) });

    expect(mails[0]?.text).toContain(
      'your Amazon CloudWatch Alarm "error-rate" in the eu-west-1 region has entered the ALARM state, because "Threshold Crossed"',
    );
    expect(mails[0]?.text).toContain('- State Change: OK -> ALARM');
  });

  it('sends queues an envelope, or the message alone where they ask for it', async () => {
    const { sns, call, calls, idle } = open();
    sns.ensureTopic('alarms');
    const queue = 'arn:aws:sqs:eu-west-1:000000000000:q';
    await call('Subscribe', { TopicArn: topic, Protocol: 'sqs', Endpoint: `${queue}1` });
    const Attributes = { RawMessageDelivery: 'true' };
    await call('Subscribe', { TopicArn: topic, Protocol: 'sqs', Endpoint: `${queue}2`, Attributes });
    const { MessageId } = await call('Publish', { TopicArn: topic, Message: 'm' });
    await idle();

    const bodies = calls.map((made) => String(made.input['MessageBody']));
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn: topic,
      Message: 'm',
    });
    expect(bodies[1]).toBe('m');
    expect(calls[0]?.caller).toMatchObject({ kind: 'service', service: 'sns.amazonaws.com', sourceArn: topic });
  });

  it.each<[string, JsonObject, string]>([
    ['a topic that is not there', { TopicArn: `${topic}-none`, Message: 'm' }, 'NotFoundException'],
    ['a message over 256 KiB', { TopicArn: topic, Message: 'x'.repeat(262_145) }, 'InvalidParameterException'],
    ['a subject with a line break', { TopicArn: topic, Message: 'm', Subject: 'a\nb' }, 'InvalidParameterException'],
    ['message attributes', { TopicArn: topic, Message: 'm', MessageAttributes: {} }, 'UnsupportedOperationException'],
  ])('refuses %s', async (_name, input, code) => {
    const { sns, call, mails } = open();
    sns.ensureTopic('alarms', { Subscription: [{ Protocol: 'email', Endpoint: 'owner@example.com' }] });
    await expect(call('Publish', input)).rejects.toMatchObject({ name: code });
    expect(mails).toEqual([]);
  });
});

describe('topics and subscriptions', () => {
  it('are made, listed and removed by the API', async () => {
    const { call, mails } = open();
    await call('CreateTopic', { Name: 'alarms' });
    const { SubscriptionArn = '' } = await call('Subscribe', {
      TopicArn: topic,
      Protocol: 'email',
      Endpoint: 'a@example.com',
    });
    expect(await call('ListTopics', {})).toEqual({ Topics: [{ TopicArn: topic }] });
    expect(await call('ListSubscriptionsByTopic', { TopicArn: topic })).toMatchObject({
      Subscriptions: [{ SubscriptionArn, Protocol: 'email', Endpoint: 'a@example.com' }],
    });
    await call('Unsubscribe', { SubscriptionArn });
    await call('Publish', { TopicArn: topic, Message: 'm' });
    expect(mails).toEqual([]);
  });

  it('refuse a protocol that is not built', async () => {
    const { sns, call } = open();
    sns.ensureTopic('alarms');
    await expect(call('Subscribe', { TopicArn: topic, Protocol: 'sms', Endpoint: '+49' })).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
    });
  });

  it('keep a resource policy for IAM', () => {
    const { sns } = open();
    sns.ensureTopic('alarms');
    sns.setTopicPolicy(topic, { Statement: [] });
    expect(sns.policyOf(topic)).toEqual({ Statement: [] });
  });
});

function open() {
  const store = new Store(':memory:');
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
  const calls: AwsCall[] = [];
  const mails: NoticeMail[] = [];
  const sns = createSns({
    store,
    clock,
    activity,
    place,
    dispatch: async (made) => {
      calls.push(made);
      return {};
    },
    sendMail: async (mail) => {
      mails.push(mail);
    },
  });
  const call = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const found = sns.operations[operation];
    if (found === undefined) throw new Error(`No operation ${operation}`);
    return found.run(input, { kind: 'operator', traceId: 'case-1' });
  };
  return { sns, calls, mails, call, idle: () => activity.whenIdle() };
}
