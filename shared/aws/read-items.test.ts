import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import type { Item } from './case-items.ts';
import { readItems } from './read-items.ts';

const keyOf = (at: number) => ({ pk: { S: `p${at}` }, sk: { S: 'state' } });
const keys = (count: number) => Array.from({ length: count }, (_, at) => keyOf(at));

/** A table that holds whatever it is asked for, and answers so many of each call. */
function tableThatAnswers(most: (call: number) => number) {
  const calls: number[] = [];
  const send = async ({ input }: { input: { RequestItems: { cases: { Keys: Item[] } } } }) => {
    const wanted = input.RequestItems.cases.Keys;
    calls.push(wanted.length);
    const count = most(calls.length);
    const left = wanted.slice(count);
    return {
      Responses: { cases: wanted.slice(0, count).toReversed() },
      UnprocessedKeys: left.length === 0 ? {} : { cases: { Keys: left } },
    };
  };
  return { calls, client: { send } as unknown as DynamoDBClient };
}

test('reads as many at once as one call takes, and keeps the order of the keys', async () => {
  const { calls, client } = tableThatAnswers(() => 100);
  expect(await readItems(client, 'cases', keys(250))).toEqual(keys(250));
  expect(calls).toEqual([100, 100, 50]);
  expect(await readItems(client, 'cases', [])).toEqual([]);
});

test('reads on for what is left as long as something comes', async () => {
  const { calls, client } = tableThatAnswers((call) => (call % 2 === 0 ? 0 : 3));
  expect(await readItems(client, 'cases', keys(20))).toEqual(keys(20));
  expect(calls.slice(0, 4)).toEqual([20, 17, 17, 14]);
});

test('fails when nothing comes any more, and never takes what is left for nothing', async () => {
  const { calls, client } = tableThatAnswers((call) => (call === 1 ? 19 : 0));
  await expect(readItems(client, 'cases', keys(20))).rejects.toThrow('Not all items could be read at once');
  expect(calls).toEqual([20, 1, 1, 1, 1]);
});
