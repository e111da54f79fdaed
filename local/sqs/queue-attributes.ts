import { z } from 'zod';
import { between } from './ranges.ts';

/** The attributes of a queue that change what it does; durations as AWS gives them, in seconds. */
export interface QueueAttributes {
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly maximumMessageBytes: number;
  readonly redrive: Redrive | null;
}

export interface Redrive {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

export const DEFAULT_ATTRIBUTES: QueueAttributes = {
  visibilityTimeoutSeconds: 30,
  delaySeconds: 0,
  retentionSeconds: 345_600,
  receiveWaitSeconds: 0,
  maximumMessageBytes: 1_048_576,
  redrive: null,
};

/** The attribute names of the API and of the template, with their ranges. */
export const AttributeValues = {
  VisibilityTimeout: wholeNumber(0, 43_200),
  DelaySeconds: wholeNumber(0, 900),
  MessageRetentionPeriod: wholeNumber(60, 1_209_600),
  ReceiveMessageWaitTimeSeconds: wholeNumber(0, 20),
  MaximumMessageSize: wholeNumber(1024, 1_048_576),
  RedrivePolicy: z.preprocess(
    parsedWhenText,
    z.union([
      z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: wholeNumber(1, 1000) }),
      z.literal('').transform(() => null),
    ]),
  ),
};

/** Accepted and kept nowhere: encryption at rest, tags and who may redrive have no effect on one machine. */
export const WITHOUT_EFFECT = {
  SqsManagedSseEnabled: z.unknown(),
  KmsMasterKeyId: z.unknown(),
  KmsDataKeyReusePeriodSeconds: z.unknown(),
  RedriveAllowPolicy: z.unknown(),
};

/** Sets what `values` names and leaves the rest as it was. */
export function withValues(
  attributes: QueueAttributes,
  values: Partial<z.output<typeof AttributeSchema>>,
): QueueAttributes {
  return {
    visibilityTimeoutSeconds: values.VisibilityTimeout ?? attributes.visibilityTimeoutSeconds,
    delaySeconds: values.DelaySeconds ?? attributes.delaySeconds,
    retentionSeconds: values.MessageRetentionPeriod ?? attributes.retentionSeconds,
    receiveWaitSeconds: values.ReceiveMessageWaitTimeSeconds ?? attributes.receiveWaitSeconds,
    maximumMessageBytes: values.MaximumMessageSize ?? attributes.maximumMessageBytes,
    redrive: values.RedrivePolicy === undefined ? attributes.redrive : values.RedrivePolicy,
  };
}

const AttributeSchema = z.strictObject(AttributeValues).partial();

/** The attributes as `GetQueueAttributes` names them. */
export function attributeTexts(attributes: QueueAttributes): Record<string, string> {
  return {
    VisibilityTimeout: String(attributes.visibilityTimeoutSeconds),
    DelaySeconds: String(attributes.delaySeconds),
    MessageRetentionPeriod: String(attributes.retentionSeconds),
    ReceiveMessageWaitTimeSeconds: String(attributes.receiveWaitSeconds),
    MaximumMessageSize: String(attributes.maximumMessageBytes),
    ...(attributes.redrive === null ? {} : { RedrivePolicy: JSON.stringify(attributes.redrive) }),
  };
}

function wholeNumber(min: number, max: number): z.ZodType<number> {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
    between(min, max),
  );
}

function parsedWhenText(value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
