import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { newTraceId, traceIdOfHeader } from '../../endpoint/trace.ts';
import { objectFromJson } from '../../inputs/json.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { Caller, Json, JsonObject, Operation, Permission } from '../../kernel/service.ts';
import { type AcceptedEvent, envelopeOf } from '../event.ts';
import { checkPattern, type EventsParts, eventsOperation, parsePattern } from '../parts.ts';
import { busName } from '../rules.ts';

const MAX_BYTES = 1_048_576;

const Entry = z.strictObject({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  Resources: z.array(z.string()).default([]),
  /** Seconds since the epoch. */
  Time: z.number().optional(),
  TraceHeader: z.string().optional(),
});
type Entry = z.output<typeof Entry>;

export function putEventsOperations(parts: EventsParts): Record<string, Operation> {
  return {
    PutEvents: eventsOperation({
      name: 'PutEvents',
      input: z.strictObject({ Entries: z.array(Entry).min(1).max(10) }),
      permissions: (input) => input.Entries.map((entry) => permission(parts, entry)),
      run: (input, caller) => putEvents(parts, input.Entries, caller),
    }),
    TestEventPattern: eventsOperation({
      name: 'TestEventPattern',
      input: z.strictObject({ EventPattern: z.string(), Event: z.string() }),
      permissions: () => [{ action: 'events:TestEventPattern', resource: '*' }],
      run: (input) => {
        const event = parseObject(input.Event);
        if (event === null) throw new AwsError('ValidationException', 'Parameter Event is not valid.');
        return { Result: checkPattern(parsePattern(input.EventPattern)).matches(event) };
      },
    }),
  };
}

function permission(parts: EventsParts, entry: Entry): Permission {
  return {
    action: 'events:PutEvents',
    resource: parts.rules.busArn(busName(entry.EventBusName)),
    context: { 'events:source': [entry.Source ?? ''], 'events:detail-type': [entry.DetailType ?? ''] },
  };
}

/** Entries that are not valid fail alone; the rest is on disk with its deliveries before the answer. */
async function putEvents(parts: EventsParts, entries: readonly Entry[], caller: Caller): Promise<JsonObject> {
  const bytes = entries.reduce((sum, entry) => sum + sizeInBytes(entry), 0);
  if (bytes > MAX_BYTES) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  const read = entries.map((entry) => readEntry(parts, entry, caller));
  await parts.buses.accept(read.filter((result) => 'envelope' in result));
  return {
    FailedEntryCount: read.filter((result) => 'ErrorCode' in result).length,
    Entries: read.map((result): Json => ('envelope' in result ? { EventId: result.envelope.id } : { ...result })),
  };
}

interface FailedEntry {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

function readEntry(parts: EventsParts, entry: Entry, caller: Caller): AcceptedEvent | FailedEntry {
  const { Source: source = '', DetailType: detailType = '', Detail: text = '' } = entry;
  if (source === '') return missing('Source');
  if (detailType === '') return missing('DetailType');
  if (text === '') return missing('Detail');
  if (source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  const detail = parseObject(text);
  if (detail === null) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const bus = busName(entry.EventBusName);
  if (!parts.rules.hasBus(bus)) {
    return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Event bus ${bus} does not exist.` };
  }
  const nowMs = parts.clock.now();
  const timeMs = entry.Time === undefined ? nowMs : entry.Time * 1000;
  const described = { id: randomUUID(), source, detailType, detail, resources: entry.Resources, timeMs };
  const traceId = traceIdOfHeader(entry.TraceHeader) ?? caller.traceId ?? newTraceId(nowMs);
  return { bus, envelope: envelopeOf(described, parts.place), traceId };
}

function missing(parameter: string): FailedEntry {
  return {
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${parameter} is a required argument.`,
  };
}

function sizeInBytes(entry: Entry): number {
  const texts = [entry.Source ?? '', entry.DetailType ?? '', entry.Detail ?? '', ...entry.Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), entry.Time === undefined ? 0 : 14);
}

function parseObject(text: string): JsonObject | null {
  try {
    return objectFromJson(text);
  } catch {
    return null;
  }
}
