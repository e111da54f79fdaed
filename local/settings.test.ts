import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readCommandLine, readSettings, sandboxesFor } from './settings.ts';

it('has a default for everything', () => {
  expect(readSettings({})).toMatchObject({
    port: 4700,
    home: resolve('.remit'),
    notBeforeMs: null,
    anthropicApiKey: null,
  });
  expect(readSettings({}, readCommandLine(['--bare'])).home).toBe(resolve('.remit/bare'));
});

it('lets the command line choose the port, and the environment the rest', () => {
  const environment = { REMIT_PORT: '1', REMIT_HOME: '/data', REMIT_SANDBOXES: '12', ANTHROPIC_API_KEY: 'key' };
  const notBefore = { REMIT_NOT_BEFORE: '2027-01-06T10:00:00Z' };
  expect(readSettings({ ...environment, ...notBefore }, readCommandLine(['--port', '0']))).toEqual({
    port: 0,
    home: '/data',
    sandboxesPerFunction: 12,
    notBeforeMs: Date.UTC(2027, 0, 6, 10),
    anthropicApiKey: 'key',
  });
});

it.each([
  ['REMIT_SANDBOXES', '0'],
  ['REMIT_SANDBOXES', 'many'],
  ['REMIT_PORT', '70000'],
  ['REMIT_NOT_BEFORE', 'tomorrow'],
  ['REMIT_NOT_BEFORE', '2027-01-06'],
  ['REMIT_HOME', ''],
])('names %s when it is "%s"', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(`The setting ${name} is wrong`);
});

it('names the variable that is wrong beside a port of the command line', () => {
  const commandLine = readCommandLine(['--port', '0']);
  expect(() => readSettings({ REMIT_SANDBOXES: '0' }, commandLine)).toThrow('The setting REMIT_SANDBOXES is wrong');
});

it.each([
  [1, 2],
  [6, 3],
  [8, 4],
  [256, 4],
])('runs, with %i GiB of memory, %i invocations of a function at once', (gib, sandboxes) => {
  expect(sandboxesFor(gib * 2 ** 30)).toBe(sandboxes);
});
