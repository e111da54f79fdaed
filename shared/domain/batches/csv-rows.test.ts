import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../authoring/index.ts';
import { csvRows } from './csv-rows.ts';

async function read(pieces: readonly string[], separator: ',' | ';' = ','): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for await (const row of csvRows(pieces, { separator })) rows.push({ ...row });
  return rows;
}

describe('reading CSV', () => {
  it.each([
    ['plain', 'a,b\n1,2\n', [{ a: '1', b: '2' }]],
    ['without a last line end', 'a,b\r\n1,2', [{ a: '1', b: '2' }]],
    ['with a byte order mark', '\uFEFFa\n1\n', [{ a: '1' }]],
    ['with quotations', 'a,b\n"x, ""y""\n z",2\n', [{ a: 'x, "y"\n z', b: '2' }]],
    [
      'with empty fields and lines',
      'a,b\n,\n\n"",2\n',
      [
        { a: '', b: '' },
        { a: '', b: '2' },
      ],
    ],
    ['with an odd column', '__proto__,constructor\n1,2\n', [JSON.parse('{"__proto__":"1","constructor":"2"}')]],
    ['with nothing', '', []],
    ['with names alone', 'a,b\n', []],
  ])('gives the rows of a file %s', async (_what, text, rows) => {
    const found = await read([text]);
    expect(found.map((row) => Object.entries(row))).toEqual(rows.map((row) => Object.entries(row)));
  });

  it('takes other separators', async () => {
    expect(await read(['a;b\n1,5;2\n'], ';')).toEqual([{ a: '1,5', b: '2' }]);
  });

  it.each([
    ['a row of another length', 'a,b\n1\n', 'line 2: it has 1 fields, the first line has 2'],
    ['an open quotation', 'a\n"1\n2', 'line 2: a quotation is not closed'],
    ['text after a quotation', 'a\n"1"2\n', 'line 2: text follows a closed quotation'],
    ['a name given twice', 'a,a\n1,2\n', 'line 1: the column a is there twice'],
    ['a lone carriage return', 'a\n1\r2\n', 'line 2: a carriage return stands alone'],
    ['a field without end', `a\n${'x'.repeat(100_001)}`, 'line 2: a field is too long'],
  ])('says where a file has %s', async (_what, text, problem) => {
    await expect(read([text])).rejects.toThrow(problem);
  });

  it('reads no further than it is asked to', async () => {
    let given = 0;
    const endless = (function* () {
      yield 'a\n';
      for (;;) {
        given += 1;
        yield `${given}\n`;
      }
    })();
    for await (const row of csvRows(endless)) if (row['a'] === '3') break;
    expect(given).toBeLessThan(10);
  });

  it('gives back what was written, wherever the pieces end', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '=', '-', '"', ',', '\n', '\r\n', ' ', "'", 'ü', '1') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1 }), fc.nat(40), async (rows, cut) => {
        const text = csvText([['one', 'two'], ...rows]);
        const found = await read([text.slice(0, cut), text.slice(cut)]);
        expect(found.map(({ one = '', two = '' }) => [unguarded(one), unguarded(two)])).toEqual(
          rows.map(([one, two]) => [unguarded(csvCell(one)), unguarded(csvCell(two))]),
        );
      }),
    );
  });
});

/** What a cell reads as, alone in its row. */
function csvCell(text: string): string {
  const [line = ''] = csvText([[text]]).split(/\r\n$/);
  return line.startsWith('"') ? line.slice(1, -1).replaceAll('""', '"') : line;
}

function unguarded(text: string): string {
  return text.startsWith("'") ? text.slice(1) : text;
}
