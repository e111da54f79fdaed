import { randomUUID } from 'node:crypto';
import type { Delivery } from '../delivery/pending.ts';
import { type TargetCall, targetCall } from '../delivery/target.ts';
import { newTraceId } from '../endpoint/trace.ts';
import { objectFromJson } from '../inputs/json.ts';
import { notBuilt } from '../kernel/errors.ts';
import type { Caller, Json, JsonObject } from '../kernel/service.ts';
import type { Schedule } from './schedules.ts';

const ATTEMPT_NUMBER = '<aws.scheduler.attempt-number>';

/** What one slot of a schedule sets off. Each slot begins a trace of its own. */
export function firing(schedule: Schedule, slotMs: number, nowMs: number): Delivery {
  const { Target: target } = schedule.definition;
  const executionId = randomUUID();
  const payload = (target.Input ?? '{}')
    .replaceAll('<aws.scheduler.scheduled-time>', isoSeconds(slotMs))
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.schedule-arn>', schedule.arn);
  const caller: Caller = {
    kind: 'role',
    roleArn: target.RoleArn,
    sessionName: schedule.name.slice(0, 64),
    traceId: newTraceId(nowMs),
  };
  return {
    ...callFor(schedule, payload, executionId),
    caller,
    maxRetries: target.RetryPolicy.MaximumRetryAttempts,
    maxAgeMs: target.RetryPolicy.MaximumEventAgeInSeconds * 1000,
    deadLetter: {
      queueArn: target.DeadLetterConfig.Arn ?? null,
      caller,
      body: payload,
      about: { SCHEDULE_ARN: schedule.arn, TARGET_ARN: target.Arn, EXECUTION_ID: executionId },
    },
  };
}

/** `2026-11-23T08:00:00Z` */
function isoSeconds(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}

function callFor(schedule: Schedule, payload: string, executionId: string): TargetCall {
  const { Arn: arn, EventBridgeParameters: event } = schedule.definition.Target;
  if (arn.startsWith('arn:aws:scheduler:::aws-sdk:')) return universalCall(arn, payload);
  if (arn.split(':')[2] !== 'events' || event === undefined) return targetCall(arn, payload, executionId);
  const entry = { EventBusName: arn, Source: event.Source, DetailType: event.DetailType, Detail: payload };
  return { service: 'events', operation: 'PutEvents', input: { Entries: [{ ...entry, Resources: [schedule.arn] }] } };
}

/** `arn:aws:scheduler:::aws-sdk:sqs:sendMessage` calls any operation with the input as its parameters. */
function universalCall(arn: string, payload: string): TargetCall {
  const [name = '', operation = ''] = arn.slice('arn:aws:scheduler:::aws-sdk:'.length).split(':');
  const service = IAM_PREFIX[name];
  if (service === undefined) throw notBuilt('Scheduler', `target ${arn}`);
  return {
    service,
    operation: `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`,
    input: objectFromJson(payload),
  };
}

const IAM_PREFIX: Readonly<Record<string, string>> = {
  dynamodb: 'dynamodb',
  eventbridge: 'events',
  lambda: 'lambda',
  secretsmanager: 'secretsmanager',
  sesv2: 'ses',
  sfn: 'states',
  sns: 'sns',
  sqs: 'sqs',
};

/** The input with the number of the attempt filled in. */
export function withAttempt(input: JsonObject, attempt: number): JsonObject {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, filled(value, attempt)]));
}

function filled(value: Json, attempt: number): Json {
  if (typeof value === 'string') return value.replaceAll(ATTEMPT_NUMBER, String(attempt));
  if (Array.isArray(value)) return value.map((item: Json) => filled(item, attempt));
  return value !== null && typeof value === 'object' ? withAttempt(value as JsonObject, attempt) : value;
}
