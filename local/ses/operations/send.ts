import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { Caller, JsonObject, Operation, Permission } from '../../kernel/service.ts';
import { type MailAddress, readAddress } from '../addresses.ts';
import { type Content, ContentInput, rawSender, readContent } from '../content.ts';
import type { SentMail } from '../mails.ts';
import { hasReached, outcomeFor } from '../outcome.ts';
import { type SesParts, sesOperation, write } from '../parts.ts';

const Addresses = z.array(z.string()).default([]);

const SendInput = z.strictObject({
  FromEmailAddress: z.string().optional(),
  Destination: z.strictObject({ ToAddresses: Addresses, CcAddresses: Addresses, BccAddresses: Addresses }).optional(),
  ReplyToAddresses: Addresses,
  FeedbackForwardingEmailAddress: z.string().optional(),
  Content: ContentInput,
  ConfigurationSetName: z.string().optional(),
  EmailTags: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
});
type SendInput = z.output<typeof SendInput>;

export function sendOperations(parts: SesParts): Record<string, Operation> {
  return {
    SendEmail: sesOperation({
      name: 'SendEmail',
      input: SendInput,
      permissions: (input) => permissions(parts, input),
      run: (input, caller) => send(parts, input, caller),
    }),
  };
}

function permissions(parts: SesParts, input: SendInput): Permission[] {
  const sender = readSender(input.FromEmailAddress ?? rawSender(input.Content.Raw?.Data ?? ''));
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = input.Destination ?? {};
  return [
    {
      action: 'ses:SendEmail',
      resource: parts.identities.arnFor(sender),
      context: {
        'ses:FromAddress': [sender.address],
        'ses:FromDisplayName': [sender.name],
        'ses:Recipients': [...ToAddresses, ...CcAddresses, ...BccAddresses],
      },
    },
  ];
}

async function send(parts: SesParts, input: SendInput, caller: Caller): Promise<JsonObject> {
  checkConfigurationSet(parts, input.ConfigurationSetName);
  const content = await readContent(input.Content);
  const sender = readSender(input.FromEmailAddress ?? content.from);
  parts.identities.checkVerified(sender);
  const envelope = readEnvelope(input, content);
  for (const address of [...input.ReplyToAddresses, ...content.replyTo]) readAddress(address);
  const mail = toMail(parts, input, content, envelope, caller);
  await write(parts, () => parts.mails.add(mail, hasReached));
  return { MessageId: mail.id };
}

function checkConfigurationSet(parts: SesParts, name: string | undefined): void {
  if (name === undefined || parts.configurationSets.has(name)) return;
  throw new AwsError('NotFoundException', `Configuration set <${name}> does not exist.`, { status: 404 });
}

function readSender(from: string | null): MailAddress {
  if (from === null) throw new AwsError('BadRequestException', 'Missing sender: FromEmailAddress or a From header.');
  return readAddress(from);
}

interface Envelope {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly recipients: readonly MailAddress[];
}

/** A destination that is given wins over the headers of a raw mail. */
function readEnvelope(input: SendInput, content: Content): Envelope {
  const to = input.Destination?.ToAddresses ?? content.to;
  const cc = input.Destination?.CcAddresses ?? content.cc;
  const bcc = input.Destination?.BccAddresses ?? content.bcc;
  const recipients = [...to, ...cc, ...bcc].map(readAddress);
  if (recipients.length === 0) throw new AwsError('BadRequestException', 'No recipients: Destination is empty.');
  if (recipients.length > 50) throw new AwsError('BadRequestException', 'Recipient count exceeds 50.');
  return { to, cc, bcc, recipients };
}

function toMail(parts: SesParts, input: SendInput, content: Content, envelope: Envelope, caller: Caller): SentMail {
  const addresses = [...new Set(envelope.recipients.map((recipient) => recipient.address))];
  return {
    id: `${parts.clock.now().toString(16).padStart(16, '0')}-${randomUUID()}-000000`,
    atMs: parts.clock.now(),
    from: input.FromEmailAddress ?? content.from ?? '',
    to: [...envelope.to],
    cc: [...envelope.cc],
    bcc: [...envelope.bcc],
    replyTo: input.ReplyToAddresses.length > 0 ? input.ReplyToAddresses : [...content.replyTo],
    subject: content.subject,
    text: content.text,
    html: content.html,
    headers: { ...content.headers },
    tags: Object.fromEntries(input.EmailTags.map(({ Name, Value }) => [Name, Value])),
    attachments: [...content.attachments],
    recipients: addresses.map((address) => ({
      address,
      outcome: outcomeFor(address, parts.suppression.find(address) !== null),
    })),
    traceId: caller.traceId,
  };
}
