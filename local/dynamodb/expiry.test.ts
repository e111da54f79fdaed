import { afterEach, expect, test } from 'vitest';
import { casesTable, openForTests, type TestInstance } from './testing/instance.ts';

const instance = { current: null as TestInstance | null };
afterEach(() => instance.current?.close());

function open(): TestInstance {
  const opened = openForTests();
  opened.service.ensureTable({ ...casesTable, TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } });
  instance.current = opened;
  return opened;
}

async function putExpiring({ call, clock }: TestInstance, sk: string, inSeconds: number): Promise<void> {
  const expires = { N: String(Math.floor(clock.now() / 1000) + inSeconds) };
  await call('PutItem', { TableName: 'cases', Item: { pk: { S: 'a' }, sk: { S: sk }, team: { S: 'red' }, expires } });
}

async function sortKeys({ call }: TestInstance, index: object = {}): Promise<unknown> {
  const { Items } = await call('Scan', { TableName: 'cases', ProjectionExpression: 'sk', ...index });
  return (Items as readonly { sk: { S: string } }[]).map(({ sk }) => sk.S);
}

test('deletes an item and its index entries once the clock is past its expiry, and no other', async () => {
  const opened = open();
  opened.service.start();
  await putExpiring(opened, 'soon', 3600);
  await putExpiring(opened, 'late', 7200);
  await opened.clock.advance(3_500_000);
  expect(await sortKeys(opened)).toEqual(['late', 'soon']);
  await opened.clock.advance(200_000);
  expect(await sortKeys(opened)).toEqual(['late']);
  expect(await sortKeys(opened, { IndexName: 'by-team' })).toEqual(['late']);
  await opened.clock.advance(86_400_000);
  expect(await sortKeys(opened)).toEqual([]);
});

test('deletes more items than one sweep takes', async () => {
  const opened = open();
  opened.service.start();
  await Promise.all(Array.from({ length: 2500 }, (_, at) => putExpiring(opened, `item-${at}`, 60 + (at % 3))));
  await opened.clock.advance(600_000);
  expect(await sortKeys(opened)).toEqual([]);
});

test('deletes after a start what expired while it was stopped', async () => {
  const opened = open();
  await putExpiring(opened, 'soon', 60);
  await opened.clock.advance(3_600_000);
  expect(await sortKeys(opened)).toEqual(['soon']);
  opened.service.start();
  await opened.clock.advance(1000);
  expect(await sortKeys(opened)).toEqual([]);
});

test('leaves alone what has no number, or one of more than five years ago', async () => {
  const opened = open();
  opened.service.start();
  const item = (sk: string, expires: { S: string } | { N: string }) => ({ pk: { S: 'a' }, sk: { S: sk }, expires });
  for (const Item of [
    item('text', { S: '1' }),
    item('ancient', { N: '1000000' }),
    item('ms', { N: '99999999999999' }),
  ]) {
    await opened.call('PutItem', { TableName: 'cases', Item });
  }
  await opened.clock.advance(86_400_000);
  expect(await sortKeys(opened)).toEqual(['ancient', 'ms', 'text']);
});

test.each(['UpdateTimeToLive', 'ensureTable'])('takes up the expiry of items from before %s', async (how) => {
  const opened = openForTests();
  instance.current = opened;
  opened.service.ensureTable(casesTable);
  opened.service.start();
  await putExpiring(opened, 'soon', 60);
  await opened.clock.advance(600_000);
  expect(await sortKeys(opened)).toEqual(['soon']);
  const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
  if (how === 'ensureTable') opened.service.ensureTable({ ...casesTable, TimeToLiveSpecification });
  else await opened.call(how, { TableName: 'cases', TimeToLiveSpecification });
  await opened.clock.advance(1000);
  expect(await sortKeys(opened)).toEqual([]);
});
