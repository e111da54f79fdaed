import { describe, expect, it } from 'vitest';
import type { LineFormat } from '../../contracts/index.ts';
import { MOST_LINES, readBatchFile, readLine } from './batch-file.ts';
import { textOf } from './file-records.ts';

/** As text, whose lines are spelled out. */
function readText(text: string) {
  const bytes = Buffer.from(text);
  const read = readBatchFile(bytes);
  if (!read.ok) return read;
  const { records, ...rest } = read;
  return { ...rest, lines: records.map((record) => textOf(bytes, record)) };
}

describe('a file', () => {
  it('whose first line begins with a brace is JSON lines', () => {
    expect(readText('\ufeff{"a":1}\r\n\n{"a":2}\n')).toEqual({
      ok: true,
      format: { kind: 'json-lines' },
      lines: ['{"a":1}', '{"a":2}'],
    });
  });

  it.each([',', ';', '\t'])('is CSV else, with cells divided as its heading is: %j', (separator) => {
    expect(readText(`id${separator}amount\n1${separator}2`)).toEqual({
      ok: true,
      format: { kind: 'csv', separator, heading: ['id', 'amount'] },
      lines: [`1${separator}2`],
    });
  });

  it('with nothing under its heading has no lines', () => {
    expect(readText('id,amount\n')).toMatchObject({ ok: true, lines: [] });
  });

  it.each([
    ['nothing', '', 'The file is empty.'],
    ['a column twice', 'a,b,a\n1,2,3', 'The column "a" stands twice in the heading.'],
    ['a column without a name', 'a,,b\n1,2,3', 'A column has no name in the heading.'],
    ['the name of a prototype', '__proto__,b\n1,2', 'The column name "__proto__" is not accepted.'],
    ['signs that the queue does not take', 'a\n\uffff', 'The file holds signs that are no characters.'],
    ['a heading that no message holds', `a,${'b'.repeat(40_000)}\n1,2`, 'at most 40000 are taken'],
    ['a heading that takes in the whole file', `"id${'a'.repeat(45_000_000)}`, 'at most 40000 are taken'],
    ['columns without end', Array.from({ length: 400_000 }, (_, at) => `c${at}`).join(','), 'at most 40000 are taken'],
    ['a heading that is not closed', '"a\n1', 'The heading cannot be read.'],
    ['too many lines', `a\n${'1\n'.repeat(MOST_LINES + 1)}`, 'at most 100000 are taken'],
  ])('with %s is refused as a whole, and says why', (_what, text, problem) => {
    expect(readText(text)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });
});

it('with bytes that are no text is refused', () => {
  expect(readBatchFile(new Uint8Array([0xff, 0xfe, 0x41]))).toEqual({
    ok: false,
    problem: 'The file is not valid UTF-8.',
  });
});

it('may begin with a mark of byte order, which is no part of its heading', () => {
  expect(readText('\ufeff"id",amount\n1,2')).toMatchObject({ format: { heading: ['id', 'amount'] }, lines: ['1,2'] });
});

describe('a line', () => {
  const csv: LineFormat = { kind: 'csv', separator: ',', heading: ['id', 'amount'] };
  const json: LineFormat = { kind: 'json-lines' };

  it('of CSV has the names of the heading, and text in all of them', () => {
    expect(readLine(csv, '007,"1,50"')).toEqual({ ok: true, body: { id: '007', amount: '1,50' } });
  });

  it.each([
    ['too few cells', csv, '1', 'It has 1 cells, and the heading has 2.'],
    ['too many cells', csv, '1,2,3', 'It has 3 cells, and the heading has 2.'],
    ['no JSON', json, '{"a":', 'is not JSON'],
    ['a list', json, '[1]', 'It is not a JSON object.'],
    ['a doubled name', json, '{"a":1,"a":2}', 'stands twice'],
  ])('with %s says what is wrong with it', (_what, format, text, problem) => {
    expect(readLine(format, text)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });
});
