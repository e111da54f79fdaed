import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
  ValidationException,
} from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedService, serveAlone } from '../inputs/testing/served-service.ts';
import { createScheduler, type SchedulerService } from './index.ts';

let served: ServedService<SchedulerService>;
let client: SchedulerClient;

beforeAll(async () => {
  served = await serveAlone(createScheduler);
  served.service.start();
  client = new SchedulerClient(served.client);
});
afterAll(async () => {
  served.service.stop();
  client.destroy();
  await served.close();
});

it.each<[string, Partial<CreateScheduleCommandInput>]>([
  ['a flexible window without a length', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }],
  ['a length without a flexible window', { FlexibleTimeWindow: { Mode: 'OFF', MaximumWindowInMinutes: 5 } }],
  ['a window of more than a day', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 1441 } }],
  ['an end before its start', { StartDate: new Date(2e12), EndDate: new Date(1e12) }],
  ['a time zone that is not one', { ScheduleExpressionTimezone: 'Mars/Olympus' }],
])('refuses %s', async (_name, change) => {
  const schedule: CreateScheduleCommandInput = {
    Name: 'refused',
    ScheduleExpression: 'rate(1 minute)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: 'arn:aws:sqs:eu-west-1:000000000000:q', RoleArn: 'arn:aws:iam::000000000000:role/r' },
    ...change,
  };
  await expect(client.send(new CreateScheduleCommand(schedule))).rejects.toBeInstanceOf(ValidationException);
});

it('makes, shows, changes, fires, lists and deletes a schedule', async () => {
  const schedule = {
    Name: 'pick-up',
    ScheduleExpression: 'rate(1 minute)',
    StartDate: new Date(Math.ceil(served.clock.now() / 1000) * 1000 + 60_000),
    FlexibleTimeWindow: { Mode: 'OFF' as const },
    Target: { Arn: 'arn:aws:sqs:eu-west-1:000000000000:q', RoleArn: 'arn:aws:iam::000000000000:role/r', Input: '{}' },
  };
  await client.send(new CreateScheduleCommand(schedule));
  await expect(client.send(new CreateScheduleCommand(schedule))).rejects.toBeInstanceOf(ConflictException);
  await client.send(new UpdateScheduleCommand({ ...schedule, Description: 'changed' }));
  const shown = await client.send(new GetScheduleCommand({ Name: 'pick-up', GroupName: 'default' }));
  const listed = await client.send(new ListSchedulesCommand({ NamePrefix: 'pick', MaxResults: 5 }));
  await served.clock.advance(125_000);
  await client.send(new DeleteScheduleCommand({ Name: 'pick-up' }));

  expect(shown).toMatchObject({ ...schedule, Description: 'changed', State: 'ENABLED' });
  expect(listed.Schedules).toMatchObject([{ Name: 'pick-up', CreationDate: expect.any(Date) }]);
  expect(served.made).toEqual(['sqs:SendMessage', 'sqs:SendMessage']);
  await expect(client.send(new GetScheduleCommand({ Name: 'pick-up' }))).rejects.toBeInstanceOf(
    ResourceNotFoundException,
  );
});
