import { expect, it } from 'vitest';
import { z } from 'zod';
import { operation } from './operation.ts';

const send = operation({
  service: 'Post',
  name: 'Send',
  invalidCode: 'Invalid',
  missingCode: 'Missing',
  input: z.strictObject({ to: z.string(), copies: z.int().max(3).default(1) }),
  permissions: ({ to }) => [{ action: 'post:Send', resource: to }],
  run: ({ to, copies }) => ({ to, copies }),
});

it('fills in defaults and hands the parsed input on', () => {
  expect(send.run({ to: 'a' }, { kind: 'operator', traceId: null })).toEqual({ to: 'a', copies: 1 });
  expect(send.permissions({ to: 'a' })).toEqual([{ action: 'post:Send', resource: 'a' }]);
});

it.each([
  [
    'a parameter that it does not know, by name',
    { to: 'a', stamp: 1 },
    'UnsupportedOperationException',
    'Post Send parameter stamp',
  ],
  ['a value that is not valid', { to: 'a', copies: 4 }, 'Invalid', 'Value 4 for parameter copies is invalid'],
  ['a missing parameter', {}, 'Missing', 'The request must contain the parameter to.'],
])('refuses %s', (_reason, input, name, message) => {
  expect(() => send.run(input, { kind: 'operator', traceId: null })).toThrow(
    expect.objectContaining({ name, message: expect.stringContaining(message) }),
  );
});
