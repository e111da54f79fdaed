import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { terminalOn } from './terminal.ts';

test('keeps lines that come before their questions, and says when there are no more', async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  const { ask, say, close } = terminalOn(input, output);
  input.write('one\ntwo\n');
  expect([await ask('first? '), await ask('second? ')]).toEqual(['one', 'two']);
  const third = ask('third? ');
  input.end('three');
  expect([await third, await ask('fourth? ')]).toEqual(['three', null]);
  say('done');
  close();
  expect(String(output.read())).toContain('first? ');
});
