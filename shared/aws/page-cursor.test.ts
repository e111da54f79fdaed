import { describe, expect, it } from 'vitest';
import { cursorAt, keyOfCursor } from './page-cursor.ts';

const LIST = { index: 'byList', partition: 'cases#leads' } as const;
const KEY = { pk: { S: 'case#1' }, sk: { S: 'head' }, listPk: { S: 'cases#leads' }, listSk: { S: '0001' } };
const written = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const position = Object.fromEntries(Object.entries(KEY).map(([name, { S }]) => [name, S]));

it('a cursor leads back to where its page ended', () => {
  expect(keyOfCursor(cursorAt(KEY), LIST)).toEqual(KEY);
});

describe('a cursor that is none of ours is refused as one thing', () => {
  it.each([
    ['no text of ours', 'nonsense'],
    ['nothing', ''],
    ['another shape', written([])],
    ['no keys', written({})],
    ['half of them', written({ pk: 'case#1', sk: 'head' })],
    ['a key too many', written({ ...position, more: 'x' })],
    ['a key that is empty', written({ ...position, listSk: '' })],
    ['no text as a key', written({ ...position, listSk: 1 })],
    ['the list of another workflow', written({ ...position, listPk: 'cases#payroll' })],
    ['another index', cursorAt({ ...KEY, statePk: { S: 'cases#leads' } })],
  ])('%s', (_what, cursor) => {
    expect(() => keyOfCursor(cursor, LIST)).toThrow(SyntaxError);
  });
});
