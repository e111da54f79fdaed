import { expect, test } from 'vitest';
import { stackAddress } from './stack-address.ts';

const token = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
const GOOD = token({ exp: 2_000, token_use: 'id' });
const AWS = 'https://abc123.execute-api.eu-west-1.amazonaws.com';

test('is the runtime of this machine where nothing else is named', () => {
  expect(stackAddress({ environment: {} })).toEqual({ url: 'http://127.0.0.1:4700', token: null });
  expect(stackAddress({ environment: { REMIT_PORT: '4711', REMIT_URL: '', REMIT_TOKEN: 'x' } })).toEqual({
    ...{ url: 'http://127.0.0.1:4711', token: null },
  });
});

test('is the deployment that is named, with the token of whoever asks', () => {
  const environment = { REMIT_URL: `${AWS}/`, REMIT_TOKEN: GOOD };
  expect(stackAddress({ environment, nowMs: 1_000 })).toEqual({ url: AWS, token: GOOD });
  const other = { url: 'https://remit.example', environment, nowMs: 1_000 };
  expect(stackAddress(other)).toEqual({ url: 'https://remit.example', token: GOOD });
});

test('on loopback the sign-in of this machine is asked, and no https is needed', () => {
  expect(stackAddress({ environment: { REMIT_URL: 'http://127.0.0.1:4711' } }).token).toBeNull();
  expect(stackAddress({ environment: { REMIT_URL: 'http://localhost:1', REMIT_TOKEN: 'opaque' } }).token).toBe(
    'opaque',
  );
});

test.each<[string, Record<string, string>, string]>([
  ['no https', { REMIT_URL: 'http://remit.example', REMIT_TOKEN: GOOD }, 'by https alone'],
  ['no address', { REMIT_URL: 'remit', REMIT_TOKEN: GOOD }, 'set it to the Url that the stack names'],
  ['a path', { REMIT_URL: `${AWS}/api`, REMIT_TOKEN: GOOD }, 'takes the address alone'],
  ['a secret in it', { REMIT_URL: 'https://me:pw@remit.example', REMIT_TOKEN: GOOD }, 'no secret in it'],
  ['nobody signed in', { REMIT_URL: AWS }, 'You are not signed in'],
  [
    'a sign-in that is over',
    { REMIT_URL: AWS, REMIT_TOKEN: token({ exp: 1 }) },
    'has expired at 1970-01-01, 00:00 UTC',
  ],
  ['an access token', { REMIT_URL: AWS, REMIT_TOKEN: token({ exp: 9, token_use: 'access' }) }, 'names nobody'],
])('with %s nothing is sent', (_what, environment, problem) => {
  expect(() => stackAddress({ environment, nowMs: 5_000 })).toThrow(problem);
});
