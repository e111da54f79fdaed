import { expect, test } from 'vitest';
import * as z from 'zod';
import { httpAction, httpSource } from './definition.ts';

const call = { method: 'GET', url: 'https://desk.example/' } as const;

/** The type checker wants each error at the line below its comment, and no other in the definition. */
test('a misspelt member of a definition is told at that member', () => {
  const action = httpAction({
    id: 'http.release',
    hosts: ['desk.example'],
    effect: 'irreversible',
    idempotency: 'none',
    // @ts-expect-error it is called timeoutMs
    timeOutMs: 3_000,
    arguments: z.strictObject({ order: z.string() }),
    result: z.object({ id: z.string() }),
    call: ({ order }) => ({ method: 'POST', url: 'https://desk.example/', json: { order } }),
    standIn: ({ order }) => ({ id: order }),
    intent: ({ order }) => ({ effect: 'release', target: order }),
  });
  const source = httpSource({
    id: 'http.order',
    hosts: ['desk.example'],
    timeoutMs: 3_000,
    // @ts-expect-error it is called attempts
    tries: 2,
    arguments: z.strictObject({ order: z.string() }),
    data: z.object({ id: z.string() }),
    call: ({ order }) => ({ method: 'GET', url: `https://desk.example/${order}` }),
    standIn: ({ order }) => ({ id: order }),
  });
  expect([action.timeoutMs, source.attempts]).toEqual([undefined, undefined]);
});

test('what functions of a definition give is checked against its schemas', () => {
  const source = httpSource({
    id: 'http.order',
    hosts: ['desk.example'],
    timeoutMs: 3_000,
    attempts: 2,
    arguments: z.strictObject({ order: z.string() }),
    data: z.object({ id: z.string() }),
    // @ts-expect-error an order is all that it takes
    call: ({ ordr }) => ({ ...call, url: `${call.url}${ordr}` }),
    // @ts-expect-error the data has an id
    standIn: ({ order }) => ({ it: order }),
  });
  expect(source.standIn({ order: '7' })).toEqual({ it: '7' });
});
