import { expect, it } from 'vitest';
import { unchunked } from './chunked-body.ts';

const chunk = (text: string, more = ''): string => `${Buffer.byteLength(text).toString(16)}${more}\r\n${text}\r\n`;

it.each([
  ['plain chunks', `${chunk('one ')}${chunk('two')}0\r\n\r\n`, 'one two'],
  ['signed chunks', `${chunk('one', ';chunk-signature=ab')}0;chunk-signature=cd\r\n\r\n`, 'one'],
  ['a trailer', `${chunk('one')}0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n`, 'one'],
  ['line breaks inside', `${chunk('a\r\n0\r\nb')}0\r\n\r\n`, 'a\r\n0\r\nb'],
  ['nothing', '0\r\n\r\n', ''],
])('a body of %s is put together', (_what, body, content) => {
  expect(unchunked(Buffer.from(body)).toString()).toBe(content);
});

it.each([
  ['ends too soon', '5\r\nabc'],
  ['has no length', 'zz\r\nabc\r\n'],
  ['never ends', `${chunk('one')}`],
  ['is empty', ''],
])('a body that %s is refused', (_what, body) => {
  expect(() => unchunked(Buffer.from(body))).toThrow(expect.objectContaining({ name: 'IncompleteBody' }));
});
