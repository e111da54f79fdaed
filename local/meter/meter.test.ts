import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AwsCall, JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createMeter, type Meter, PRICES } from './index.ts';

const TRACE = 'Root=1-00000000-00000000000000000000000a';
const OTHER = 'Root=1-00000000-00000000000000000000000b';

let meter: Meter;

beforeEach(() => {
  meter = createMeter(new Store(':memory:'));
});

it('finds what belongs to an execution by its name', () => {
  meter.nameExecution('case-1', TRACE);
  meter.nameExecution('case-2', OTHER);
  meter.add(TRACE, 'state-transitions', 3);
  meter.add(OTHER, 'state-transitions', 4);
  meter.call(call('dynamodb', 'PutItem', {}), 'function');

  expect(meter.report('case-1')).toMatchObject({
    executionName: 'case-1',
    traceIds: [TRACE],
    transitions: 3,
    callsByFunctions: 1,
    calls: { function: { 'dynamodb:PutItem': 1 }, service: {}, operator: {} },
    usd: (3 * 0.025) / 1000,
  });
  expect(meter.report().transitions).toBe(7);
  expect(meter.report('case-3')).toMatchObject({ traceIds: [], usd: 0 });
});

it('keeps the first trace of a name', () => {
  meter.nameExecution('case-1', TRACE);
  meter.nameExecution('case-1', OTHER);
  expect(meter.traceOf('case-1')).toBe(TRACE);
});

describe('a trace that joins another', () => {
  it('counts to the execution of that one', () => {
    meter.nameExecution('case-1', TRACE);
    meter.add(OTHER, 'api-requests', 1);
    meter.join(OTHER, TRACE);
    expect(meter.report('case-1')).toMatchObject({
      traceIds: [TRACE, OTHER],
      lines: [{ item: 'api-requests', quantity: 1 }],
    });
  });

  it('does not when an execution of its own runs under it', () => {
    meter.nameExecution('case-1', TRACE);
    meter.nameExecution('case-2', OTHER);
    meter.join(OTHER, TRACE);
    expect(meter.report('case-1').traceIds).toEqual([TRACE]);
  });
});

it('knows whether another execution runs under a trace', () => {
  meter.nameExecution('case-1', TRACE);
  expect(meter.hasExecution(TRACE, 'case-1')).toBe(false);
  expect(meter.hasExecution(TRACE, 'case-2')).toBe(true);
});

it('keeps its counts over a restart', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'meter-')), 'data.sqlite');
  const store = new Store(file);
  const first = createMeter(store);
  first.add(TRACE, 'mails-sent', 2);
  first.nameExecution('case-1', TRACE);
  first.stop();
  store.close();
  const second = createMeter(new Store(file));
  second.add(TRACE, 'mails-sent', 1);
  expect(second.report('case-1').lines).toMatchObject([{ item: 'mails-sent', quantity: 3 }]);
});

describe('a call', () => {
  const table: readonly [name: string, input: JsonObject, item: string, quantity: number][] = [
    ['sqs:SendMessage', { MessageBody: 'x' }, 'sqs-requests', 1],
    ['sqs:SendMessage', { MessageBody: 'x'.repeat(100_000) }, 'sqs-requests', 2],
    ['sqs:SendMessage', { MessageBody: 'ü'.repeat(40_000) }, 'sqs-requests', 2],
    ['events:PutEvents', { Entries: [{}, { Detail: 'x'.repeat(70_000) }] }, 'events-published', 3],
    ['ses:SendEmail', { Destination: { ToAddresses: ['a', 'b'], CcAddresses: ['c'] } }, 'mails-sent', 3],
    ['secretsmanager:GetSecretValue', {}, 'secret-calls', 1],
    ['sns:Publish', {}, 'sns-publishes', 1],
  ];
  it.each(table)('%s %#  is priced', (name, input, item, quantity) => {
    const [service = '', operation = ''] = name.split(':');
    meter.call(call(service, operation, input), 'function');
    expect(meter.report().lines).toMatchObject([{ item, quantity }]);
  });

  it('to DynamoDB is priced by the units that it consumed, not by itself', () => {
    meter.call(call('dynamodb', 'PutItem', {}), 'function');
    expect(meter.report().lines).toEqual([]);
  });
});

it('prices logs by the time that they are kept, besides taking them in', () => {
  const keeping = createMeter(new Store(':memory:'), { logRetentionDays: 365 });
  keeping.add(TRACE, 'log-bytes', 2 ** 30);
  const { lines, logRetentionDays } = keeping.report();
  expect(logRetentionDays).toBe(365);
  expect(lines).toMatchObject([
    { item: 'log-bytes', usd: 0.5 },
    { item: 'log-byte-months', quantity: 12 * 2 ** 30, usd: expect.closeTo(12 * 0.03) },
  ]);
});

it('leaves out what it costs to keep logs where nobody says for how long', () => {
  meter.add(TRACE, 'log-bytes', 100);
  expect(meter.report().lines).toMatchObject([{ item: 'log-bytes' }]);
});

it('says of its prices from when and where they are', () => {
  const { asOf, source, checked } = PRICES;
  expect(meter.report().prices).toEqual({ asOf, region: 'us-east-1', source, checked });
});

function call(service: string, operation: string, input: JsonObject): AwsCall {
  return { service, operation, input, caller: { kind: 'operator', traceId: TRACE } };
}
