import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCells } from './csv.ts';
import { recordsOf, textOf } from './file-records.ts';

const cellsOf = (record: string, separator = ',') => {
  const read = readCells(record, separator);
  return read.ok ? read.cells : read.problem;
};

describe('cells', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['plain ones', ',', ' a , b,c', ['a', 'b', 'c']],
    ['empty ones', ';', ';a;', ['', 'a', '']],
    ['quoted ones, whose white space counts', ',', '" a ", "b,c" ,d', [' a ', 'b,c', 'd']],
    ['doubled quotation marks', ',', '"say ""yes"""', ['say "yes"']],
    [
      'what a spreadsheet would take for a formula',
      ',',
      '=1+1,@SUM(A1),"=HYPERLINK(""x"")"',
      ['=1+1', '@SUM(A1)', '=HYPERLINK("x")'],
    ],
  ])('are read: %s', (_what, separator, record, expected) => {
    expect(cellsOf(record, separator)).toEqual(expected);
  });

  it.each([
    ['is not closed', '1,"a'],
    ['stands inside a cell', '1,a"b'],
    ['is followed by text', '"a"b,1'],
  ])('are refused where a quotation mark %s', (_what, record) => {
    expect(cellsOf(record)).toMatch(/quot/);
  });

  it('come back as they were written, whatever they hold', () => {
    const cell = fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
        const record = cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
        const bytes = Buffer.from(record);
        const records = Array.from(recordsOf(bytes, 'csv'), (one) => textOf(bytes, one));
        expect(records).toEqual(record.trim() === '' ? [] : [record]);
        expect(cellsOf(record)).toEqual(cells);
      }),
    );
  });
});
