import { z } from 'zod';
import { AwsError, notBuilt } from '../kernel/errors.ts';
import { readScheduleExpression, type ScheduleExpression } from './expression/index.ts';

/** A time as the template (ISO text) or the API (seconds since the epoch) gives it, in milliseconds. */
const Moment = z.union([
  z.number().transform((seconds) => seconds * 1000),
  z.iso
    .datetime({ offset: true, local: true })
    .transform((text) => Date.parse(/Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`)),
]);

const WholeNumber = z.preprocess(
  (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
  z.int(),
);

const Target = z.strictObject({
  Arn: z.string(),
  RoleArn: z.string(),
  Input: z.string().optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: z.int().min(0).max(185).default(185),
      MaximumEventAgeInSeconds: z.int().min(60).max(86_400).default(86_400),
    })
    .default({ MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 }),
  DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).default({}),
  EventBridgeParameters: z.strictObject({ DetailType: z.string(), Source: z.string() }).optional(),
  /** A FIFO queue's group would stand here; the queues here are standard ones. */
  SqsParameters: z.strictObject({}).optional(),
});
export type ScheduleTarget = z.output<typeof Target>;

/** What a schedule is made of: the same in the template and in the API. */
export const scheduleFields = {
  Description: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  StartDate: Moment.optional(),
  EndDate: Moment.optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  FlexibleTimeWindow: z.strictObject({
    Mode: z.enum(['OFF', 'FLEXIBLE']),
    MaximumWindowInMinutes: WholeNumber.pipe(z.int().min(1).max(1440)).optional(),
  }),
  ActionAfterCompletion: z.enum(['NONE', 'DELETE']).default('NONE'),
  KmsKeyArn: z.string().optional(),
  Target,
};

const ScheduleFields = z.strictObject(scheduleFields);
export type ScheduleDefinition = z.output<typeof ScheduleFields>;

/** @throws ValidationException; targets that are not built are refused here, not when they are due */
export function checkDefinition(definition: ScheduleDefinition): void {
  expressionOf(definition);
  checkWindow(definition);
  const service = definition.Target.Arn.split(':')[2] ?? '';
  if (!BUILT_TARGETS.has(service)) throw notBuilt('Scheduler', `target ${definition.Target.Arn}`);
  if (service === 'events' && definition.Target.EventBridgeParameters === undefined) {
    throw new AwsError('ValidationException', 'EventBridgeParameters are required for an event bus target.');
  }
}

function checkWindow({ FlexibleTimeWindow: window, StartDate, EndDate }: ScheduleDefinition): void {
  if ((window.Mode === 'FLEXIBLE') !== (window.MaximumWindowInMinutes !== undefined)) {
    throw new AwsError('ValidationException', 'MaximumWindowInMinutes is for the mode FLEXIBLE, which needs it.');
  }
  if (StartDate !== undefined && EndDate !== undefined && EndDate <= StartDate) {
    throw new AwsError('ValidationException', 'The EndDate must come after the StartDate.');
  }
}

const BUILT_TARGETS: ReadonlySet<string> = new Set(['sqs', 'lambda', 'states', 'events', 'sns', 'scheduler']);

/** @throws ValidationException */
export function expressionOf(definition: ScheduleDefinition): ScheduleExpression {
  const { ScheduleExpression: text, ScheduleExpressionTimezone: timeZone } = definition;
  const expression = readScheduleExpression(text, timeZone);
  if (expression === null)
    throw new AwsError('ValidationException', `Invalid Schedule Expression ${text} (${timeZone}).`);
  return expression;
}

/**
 * The first slot after `afterMs`, or null when there is none. A rate counts from the start date, which is a slot
 * itself, or from when the schedule was made, which is not.
 */
export function nextSlot(definition: ScheduleDefinition, afterMs: number, createdAtMs: number): number | null {
  const expression = expressionOf(definition);
  const { StartDate: startMs, EndDate: endMs } = definition;
  if (expression.kind === 'rate' && startMs !== undefined && afterMs < startMs) return within(startMs, endMs);
  const fromMs = startMs === undefined ? afterMs : Math.max(afterMs, startMs - 1);
  return within(expression.nextAfter(fromMs, startMs ?? createdAtMs), endMs);
}

function within(slotMs: number | null, endMs: number | undefined): number | null {
  return slotMs === null || (endMs !== undefined && slotMs > endMs) ? null : slotMs;
}
