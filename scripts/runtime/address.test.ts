import { expect, test } from 'vitest';
import { runtimeAddress } from './address.ts';

test('is on loopback', () => {
  expect(runtimeAddress('4711')).toEqual({ port: 4711, url: 'http://127.0.0.1:4711' });
});

test.each(['', 'http', '-1', '70000', '47.5'])('refuses "%s" as a port', (setting) => {
  expect(() => runtimeAddress(setting)).toThrow(/^REMIT_PORT is ".*": set it to a port/);
});
