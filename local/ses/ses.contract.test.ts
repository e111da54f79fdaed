import {
  CreateEmailIdentityCommand,
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetEmailIdentityCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  MessageRejected,
  NotFoundException,
  PutSuppressedDestinationCommand,
  SESv2Client,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedService, serveAlone } from '../inputs/testing/served-service.ts';
import { createSes, type SesService } from './index.ts';

let served: ServedService<SesService>;
let client: SESv2Client;

beforeAll(async () => {
  served = await serveAlone(createSes);
  client = new SESv2Client(served.client);
  await client.send(new CreateEmailIdentityCommand({ EmailIdentity: 'example.com' }));
});
afterAll(async () => {
  client.destroy();
  await served.close();
});

it('sends simple and raw mails', async () => {
  const Body = { Text: { Data: 'Hello' }, Html: { Data: '<p>Hello</p>' } };
  const sent = await client.send(
    new SendEmailCommand({
      FromEmailAddress: 'a@example.com',
      Destination: { ToAddresses: ['b@customer.example'] },
      Content: { Simple: { Subject: { Data: 'Grüße' }, Body } },
    }),
  );
  const raw = 'From: a@example.com\r\nTo: b@customer.example\r\nSubject: Raw\r\n\r\nHello';
  await client.send(new SendEmailCommand({ Content: { Raw: { Data: Buffer.from(raw) } } }));

  expect(served.service.caughtMails({ to: 'b@customer.example' })).toMatchObject([
    { subject: 'Raw', from: 'a@example.com' },
    { subject: 'Grüße', html: '<p>Hello</p>', id: sent.MessageId },
  ]);
});

it('refuses an unverified sender with the class that the client knows', async () => {
  const Content = { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } };
  const Destination = { ToAddresses: ['b@customer.example'] };
  await expect(
    client.send(new SendEmailCommand({ FromEmailAddress: 'a@other.example', Destination, Content })),
  ).rejects.toBeInstanceOf(MessageRejected);
});

it('keeps a suppression list', async () => {
  const EmailAddress = 'gone+1@customer.example';
  await client.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason: 'BOUNCE' }));
  const found = await client.send(new GetSuppressedDestinationCommand({ EmailAddress }));
  const listed = await client.send(new ListSuppressedDestinationsCommand({ Reasons: ['BOUNCE'], PageSize: 10 }));
  await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));

  expect(found.SuppressedDestination).toMatchObject({
    EmailAddress,
    Reason: 'BOUNCE',
    LastUpdateTime: expect.any(Date),
  });
  expect(listed.SuppressedDestinationSummaries).toHaveLength(1);
  await expect(client.send(new GetSuppressedDestinationCommand({ EmailAddress }))).rejects.toBeInstanceOf(
    NotFoundException,
  );
});

it('tells of account and identity', async () => {
  expect(await client.send(new GetAccountCommand({}))).toMatchObject({ SendingEnabled: true });
  expect(await client.send(new GetEmailIdentityCommand({ EmailIdentity: 'example.com' }))).toMatchObject({
    VerifiedForSendingStatus: true,
    IdentityType: 'DOMAIN',
  });
});
