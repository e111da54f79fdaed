import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordsOf, textOf } from './file-records.ts';

function textsIn(text: string, kind: 'csv' | 'json-lines' = 'csv'): string[] {
  const bytes = Buffer.from(text);
  return Array.from(recordsOf(bytes, kind), (record) => textOf(bytes, record));
}

describe('records', () => {
  it('end at line breaks of every kind, and empty lines are none', () => {
    expect(textsIn('a\nb\r\nc\rd\n\n  \n')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keep line breaks and separators that stand in quotation marks', () => {
    expect(textsIn('1,"a\r\nb",2\n3,c,4')).toEqual(['1,"a\r\nb",2', '3,c,4']);
  });

  it('take in the rest behind a quotation mark that is never closed, so that nothing of it is lost', () => {
    expect(textsIn('1,"a\n2,b')).toEqual(['1,"a\n2,b']);
  });

  it('of JSON lines end at line feeds alone, whatever stands in quotation marks', () => {
    expect(textsIn('{"a":"\n"}\r\n\n{"b":\r1}\n', 'json-lines')).toEqual(['{"a":"', '"}', '{"b":\r1}']);
  });

  it('say in which line of the file they begin', () => {
    const bytes = Buffer.from('id\r\n\r\n1,"two\r\nlines"\r\n2\n\n3');
    expect(Array.from(recordsOf(bytes, 'csv'), ({ line }) => line)).toEqual([1, 3, 5, 7]);
    expect(Array.from(recordsOf(bytes, 'csv', 10), ({ line }) => line)).toEqual([10, 12, 14, 16]);
  });

  it('are the same where the bytes are cut before one of them and read on from there', () => {
    const signs = fc.constantFrom('a', 'ä', '"', ',', '\n', '\r\n', ' ', '\ufeff', '日');
    fc.assert(
      fc.property(
        fc.array(signs),
        fc.nat(),
        fc.constantFrom('csv' as const, 'json-lines' as const),
        (text, nth, kind) => {
          const bytes = Buffer.from(text.join(''));
          const whole = [...recordsOf(bytes, kind)];
          const cut = whole[nth % Math.max(1, whole.length)];
          if (cut === undefined) return;
          const rest = Array.from(recordsOf(bytes.subarray(cut.start), kind, cut.line), (record) => ({
            ...{ start: record.start + cut.start, end: record.end + cut.start, line: record.line },
          }));
          expect(rest).toEqual(whole.slice(whole.indexOf(cut)));
        },
      ),
    );
  });
});
