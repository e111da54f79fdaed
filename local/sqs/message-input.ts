import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { Caller } from '../kernel/service.ts';
import { valueBytes } from './md5.ts';
import type { NewMessage } from './messages.ts';

const MessageAttribute = z.strictObject({
  DataType: z.string(),
  StringValue: z.string().exactOptional(),
  BinaryValue: z.string().exactOptional(),
});
const Attributes = z.record(z.string(), MessageAttribute);
export type MessageAttributes = z.output<typeof Attributes>;

/** What `SendMessage` and each entry of `SendMessageBatch` have in common. */
export const messageFields = {
  MessageBody: z.string(),
  DelaySeconds: z.int().optional(),
  MessageAttributes: Attributes.default({}),
  MessageSystemAttributes: z.strictObject({ AWSTraceHeader: MessageAttribute.optional() }).default({}),
};

export type MessageInput = z.output<z.ZodObject<typeof messageFields>>;

/**
 * The message as it is kept. A trace header that the sender names wins over the one that its call belongs to.
 *
 * @throws AwsError for what is refused of a single message: in a batch, it fails alone.
 */
export function toMessage(input: MessageInput, caller: Caller): NewMessage {
  if (input.MessageBody === '')
    throw new AwsError('MissingRequiredParameterException', 'The request must contain the parameter MessageBody.');
  checkDelay(input.DelaySeconds ?? 0);
  checkCharacters(input.MessageBody);
  checkAttributes(input.MessageAttributes);
  return {
    body: input.MessageBody,
    attributes: input.MessageAttributes,
    traceHeader: input.MessageSystemAttributes.AWSTraceHeader?.StringValue ?? caller.traceId,
    senderId: senderId(caller),
  };
}

/** Bytes that count against the limit of the queue. */
export function sizeInBytes(input: MessageInput): number {
  let bytes = Buffer.byteLength(input.MessageBody);
  for (const [name, attribute] of Object.entries(input.MessageAttributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + valueBytes(attribute).length;
  }
  return bytes;
}

/** What XML 1.0 can carry; half surrogate pairs fall outside. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

function checkCharacters(body: string): void {
  if (!FORBIDDEN.test(body)) return;
  throw new AwsError(
    'InvalidMessageContents',
    'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
  );
}

const LONGEST_DELAY_SECONDS = 900;

function checkDelay(seconds: number): void {
  if (seconds >= 0 && seconds <= LONGEST_DELAY_SECONDS) return;
  const range = `DelaySeconds must be >= 0 and <= ${LONGEST_DELAY_SECONDS}.`;
  throw refused(`Value ${seconds} for parameter DelaySeconds is invalid. Reason: ${range}`);
}

const MOST_ATTRIBUTES = 10;
const TYPE = /^(String|Number|Binary)(\..+)?$/;
const NAME = /^(?!aws\.|amazon\.|\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/i;

function checkAttributes(attributes: MessageAttributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > MOST_ATTRIBUTES) {
    throw refused(`Number of message attributes [${entries.length}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`);
  }
  for (const [name, attribute] of entries) {
    if (!NAME.test(name)) {
      throw refused(
        `The message attribute name '${name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.`,
      );
    }
    if (!TYPE.test(attribute.DataType)) {
      throw refused(
        `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
      );
    }
    const type = attribute.DataType.split('.')[0] ?? '';
    const value = type === 'Binary' ? attribute.BinaryValue : attribute.StringValue;
    if (value === undefined || value === '') {
      throw refused(`The message attribute '${name}' must contain a non-empty value of type '${type}'.`);
    }
    if (type === 'Number' && !Number.isFinite(Number(value))) {
      throw refused(`Can't cast the value of message attribute '${name}' to a number.`);
    }
  }
}

function refused(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

function senderId(caller: Caller): string {
  switch (caller.kind) {
    case 'role':
      return `${caller.roleArn}:${caller.sessionName}`;
    case 'service':
      return caller.service;
    case 'operator':
      return 'operator';
  }
}
