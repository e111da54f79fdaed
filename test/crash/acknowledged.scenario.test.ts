import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clients, connect } from '../../bench/local/clients.ts';
import { hasAny } from '../../bench/local/machines.ts';
import { type RuntimeProcess, startRuntime } from '../../bench/local/runtime-process.ts';
import { Acknowledged, answerQuestions, workUntilGone } from './load.ts';
import { LEFT, RIGHT, type Stage, setStage } from './stage.ts';
import { storedExecutions, storedItems, takeMessages } from './stored.ts';

const KILLS = 10;
const SHORTEST_LIFE_MS = 50;
const LONGEST_LIFE_MS = 1_500;

const seed = Number(process.env['REMIT_CRASH_SEED'] ?? Date.now() % 2 ** 31);
const random = randomFrom(seed);
const home = mkdtempSync(join(tmpdir(), 'acknowledged-'));
const acknowledged = new Acknowledged();
let port = 0;
let runtime: RuntimeProcess;
let clients: Clients;
let stage: Stage;

beforeAll(async () => {
  console.log(`The moments of the kills come from REMIT_CRASH_SEED=${seed}`);
  await start();
  stage = await setStage(clients);
});

afterAll(async () => {
  await runtime.kill();
  clients.destroy();
  rmSync(home, { recursive: true, force: true });
});

describe(`after ${KILLS} times kill -9 under load`, () => {
  it('has all that it said yes to, and ends every execution', { timeout: 180_000 }, async () => {
    for (let life = 0; life < KILLS; life++) {
      const work = workUntilGone(clients, stage, life, acknowledged);
      await sleep(SHORTEST_LIFE_MS + random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS));
      await runtime.kill();
      await work;
      await start();
      expect(await missing()).toEqual({
        items: [],
        transactions: [],
        halfTransactions: [],
        executions: [],
        answers: [],
      });
    }

    const messages = await takeMessages(clients, stage.inbox);
    expect([...acknowledged.messages].filter((name) => !messages.has(name))).toEqual([]);

    while (await hasAny(clients.sfn, stage.machineArn, 'RUNNING')) await answerQuestions(clients, stage, acknowledged);
    const statuses = await storedExecutions(clients, stage);
    expect([...statuses].filter(([, status]) => status !== 'SUCCEEDED')).toEqual([]);

    for (const [kind, names] of Object.entries(acknowledged)) expect([kind, names.size > KILLS]).toEqual([kind, true]);
    const counts = Object.entries(acknowledged).map(([kind, names]) => `${names.size} ${kind}`);
    console.log(`Acknowledged and there after ${KILLS} kills: ${counts.join(', ')}`);
  });
});

/** On the same port each time, as the addresses of queues carry it. */
async function start(): Promise<void> {
  runtime = await startRuntime({ root: process.cwd(), home, port });
  port = Number(new URL(runtime.url).port);
  clients = connect(runtime.url);
}

async function missing() {
  const items = await storedItems(clients, stage);
  const executions = await storedExecutions(clients, stage);
  const lacks = (names: Iterable<string>, isThere: (name: string) => boolean) =>
    [...names].filter((name) => !isThere(name));
  return {
    items: lacks(acknowledged.items, (name) => items.has(name)),
    transactions: lacks(acknowledged.transactions, (name) => items.has(name + LEFT) && items.has(name + RIGHT)),
    halfTransactions: lacks(items, (key) => !key.endsWith(LEFT) || items.has(key.replace(LEFT, RIGHT))),
    executions: lacks(acknowledged.executions, (name) => executions.has(name)),
    answers: lacks(acknowledged.answers, (name) => executions.get(name) === 'SUCCEEDED'),
  };
}

/** mulberry32: numbers from 0 to below 1 that the seed decides. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
