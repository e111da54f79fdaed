import {
  CreateEventBusCommand,
  EventBridgeClient,
  InvalidEventPatternException,
  ListRulesCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedService, serveAlone } from '../inputs/testing/served-service.ts';
import { createEvents, type EventsService } from './index.ts';

let served: ServedService<EventsService>;
let client: EventBridgeClient;

beforeAll(async () => {
  served = await serveAlone(createEvents);
  client = new EventBridgeClient(served.client);
});
afterAll(async () => {
  served.service.stop();
  client.destroy();
  await served.close();
});

it('brings an event from a bus by a rule to a target', async () => {
  await client.send(new CreateEventBusCommand({ Name: 'main' }));
  const EventPattern = JSON.stringify({ detail: { kind: ['lead'] } });
  await client.send(new PutRuleCommand({ Name: 'leads', EventBusName: 'main', EventPattern }));
  const Targets = [{ Id: 'q', Arn: 'arn:aws:sqs:eu-west-1:000000000000:q' }];
  await client.send(new PutTargetsCommand({ Rule: 'leads', EventBusName: 'main', Targets }));
  const entry = { EventBusName: 'main', Source: 'crm', DetailType: 'd', Time: new Date(0) };
  const put = await client.send(
    new PutEventsCommand({
      Entries: [
        { ...entry, Detail: '{"kind":"lead"}' },
        { ...entry, Detail: 'no' },
      ],
    }),
  );
  await served.clock.advance(0);

  expect(put).toMatchObject({
    FailedEntryCount: 1,
    Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'MalformedDetail' }],
  });
  expect(served.made).toEqual(['sqs:SendMessage']);
  expect((await client.send(new ListRulesCommand({ EventBusName: 'main' }))).Rules).toMatchObject([
    { Name: 'leads', State: 'ENABLED', EventPattern },
  ]);
});

it('tests patterns, and refuses one that is not valid with the class that the client knows', async () => {
  const Event = JSON.stringify({ source: 'crm' });
  const tested = await client.send(new TestEventPatternCommand({ EventPattern: '{"source":[{"prefix":"c"}]}', Event }));
  expect(tested.Result).toBe(true);
  await expect(
    client.send(new TestEventPatternCommand({ EventPattern: '{"source":"crm"}', Event })),
  ).rejects.toBeInstanceOf(InvalidEventPatternException);
});
