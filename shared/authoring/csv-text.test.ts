import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { attackFile } from '../../test/support/attacks.ts';
import { csvRows } from '../domain/batches/csv-rows.ts';
import { csvText } from './csv-text.ts';

describe('writing CSV', () => {
  it.each([
    [['Havenlicht', 120, true, null], 'Havenlicht,120,true,\r\n'],
    [['a "b"', 'c;d'], '"a ""b""","c;d"\r\n'],
    [[-5, '-12.50', '-12,5'], '-5,-12.50,"-12,5"\r\n'],
    [['=1+1', '-1+1', '+1', '@x', '|x'], "'=1+1,'-1+1,'+1,'@x,'|x\r\n"],
    [["'=1", "it's"], "''=1,it's\r\n"],
  ])('writes %j', (row, text) => {
    expect(csvText([row])).toBe(text);
  });
});

const Rows = z.array(z.object({ text: z.string(), class: z.enum(['attack', 'benign']), expect: z.string() }));
const rows = attackFile('own/csv-injection.json');

describe.skipIf(rows === null)('values that try to be formulas', () => {
  it.each(rows === null ? [] : Rows.parse(rows).map((row) => [row.text, row]))(
    'opens %j as text in one cell, and gives it back',
    async (text, row) => {
      const written = csvText([
        ['value', 'next'],
        [text, 'n'],
      ]);
      const found: Record<string, string>[] = [];
      for await (const one of csvRows([written])) found.push({ ...one });
      expect(found).toHaveLength(1);
      const cell = found[0]?.['value'] ?? '';
      expect(found[0]?.['next']).toBe('n');
      const mayBeFormula = /^[\s\p{Cc}]*[=+\-@\uFF0B\uFF0D|]/u.test(cell) && !/^-?[\d.]+$/.test(cell);
      expect(mayBeFormula).toBe(false);
      expect(cell.startsWith("'") ? cell.slice(1) : cell).toBe(text);
      if (row.expect.includes('no guard added')) expect(cell).toBe(text);
    },
  );
});
