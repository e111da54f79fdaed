import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { define, ENDPOINT, map, OPERATOR, received, send, until, world } from './testing/world.ts';

describe('a queue mapping', () => {
  it('hands batches over and deletes what was handled', async () => {
    define('export const handler = async (e) => console.log(JSON.stringify(e.Records.map((r) => [r.body, r.eventSource])));');
    map({ batchSize: 10 });
    await send('a', 'b');
    await until(() => world.lines.join('').includes('b'));
    await world.activity.whenIdle();
    expect(world.lines.flatMap((line) => JSON.parse(line))).toEqual(
      expect.arrayContaining([
        ['a', 'aws:sqs'],
        ['b', 'aws:sqs'],
      ]),
    );
    await world.clock.advance(120_000);
    expect(await received('in')).toEqual([]);
  });

  it('brings back only the messages that were reported as failed', async () => {
    define(`export const handler = async (e) => { console.log(e.Records.map((r) => r.body).join());
       return { batchItemFailures: e.Records.filter((r) => r.body === 'bad').map((r) => ({ itemIdentifier: r.messageId })) }; };`);
    await send('good', 'bad');
    map({ batchSize: 10, reportsBatchItemFailures: true });
    await world.activity.whenIdle();
    await world.clock.advance(31_000);
    expect(world.lines.slice(0, 2)).toEqual(['good,bad', 'bad']);
  });

  it('brings back the whole batch when the function fails', async () => {
    define('export const handler = async (e) => { console.log(e.Records.length); throw new Error("no"); };');
    await send('a', 'b');
    map({ batchSize: 10 });
    await world.activity.whenIdle();
    await world.clock.advance(31_000);
    expect(world.lines.filter((line) => line === '2')).toHaveLength(2);
  });

  it('waits for a fuller batch only as long as its window', async () => {
    define('export const handler = async (e) => console.log(e.Records.map((r) => r.body).join());');
    await send('a');
    map({ batchSize: 10, maximumBatchingWindowMs: 20_000 });
    await sleep(50);
    await send('b');
    await sleep(50);
    expect(world.lines).toEqual([]);
    await world.clock.advance(21_000);
    await until(() => world.lines.length > 0);
    expect(world.lines).toEqual(['a,b']);
  });

  it('hands over no more batches at once than its concurrency', async () => {
    define(`export const handler = async (e) => {
      console.log('begins'); await new Promise((r) => setTimeout(r, 150)); console.log('ends'); };`);
    await send('a', 'b', 'c');
    map({ batchSize: 1, maximumConcurrency: 1 });
    await until(() => world.lines.length === 6);
    expect(world.lines).toEqual(['begins', 'ends', 'begins', 'ends', 'begins', 'ends']);
  });

  it('runs the function under the trace of the message', async () => {
    define('export const handler = async () => console.log(process.env._X_AMZN_TRACE_ID);');
    map({ batchSize: 1 });
    const traceId = 'Root=1-00000000-000000000000000000000001';
    const input = { QueueUrl: `${ENDPOINT}/000000000000/in`, MessageBody: 'a' };
    await world.dispatcher.dispatch({
      service: 'sqs',
      operation: 'SendMessage',
      input,
      caller: { ...OPERATOR, traceId },
    });
    await until(() => world.lines.length > 0);
    expect(world.lines[0]).toContain(traceId);
  });

  it('leaves messages alone when the role may not receive', async () => {
    define('export const handler = async () => console.log("ran");');
    await send('a');
    map({ batchSize: 1 }, false);
    await sleep(100);
    expect(world.lines).toEqual([]);
  });
});
