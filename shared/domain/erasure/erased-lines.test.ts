import { describe, expect, it } from 'vitest';
import { readBatchFile } from '../batches/batch-file.ts';
import { textOf } from '../batches/file-records.ts';
import { isTakenLine, withoutLinesOf } from './erased-lines.ts';

const ADA = 'ada@desk.example';

function linesIn(file: string) {
  const bytes = Buffer.from(file);
  const read = readBatchFile(bytes);
  if (!read.ok) throw new Error(read.problem);
  return read.records.map((record) => ({ ...record, text: textOf(bytes, record) }));
}

describe('a file of many lines, of which somebody’s are taken out', () => {
  it.each([
    ['CSV', 'mail,note\nben@desk.example,Hello\nAda@Desk.example,"Hello,\nméine Güte"\ncleo@desk.example,Hello\n'],
    [
      'JSON lines',
      '{"mail":"ben@desk.example"}\r\n{"mail":"\\u0061da@desk.example"}\r\n{"mail":"cleo@desk.example"}\r\n',
    ],
  ])('keeps its other lines in their places, of %s', (_kind, file) => {
    const before = linesIn(file);
    const left = withoutLinesOf(file, [ADA]);
    expect(left.lines).toBe(1);
    const after = linesIn(left.file);
    expect(after.map(({ start, end }) => [start, end])).toEqual(before.map(({ start, end }) => [start, end]));
    expect(after.map(({ text }) => isTakenLine(text))).toEqual([false, true, false]);
    expect([after[0]?.text, after[2]?.text]).toEqual([before[0]?.text, before[2]?.text]);
    expect(withoutLinesOf(left.file, [ADA])).toEqual({ file: left.file, lines: 0 });
  });

  it('is of the same kind afterwards, also without its first line', () => {
    const left = withoutLinesOf(`{"mail":"${ADA}"}\n{"mail":"ben@desk.example"}\n`, [ADA]);
    expect(linesIn(left.file).map(({ text }) => isTakenLine(text))).toEqual([true, false]);
  });

  it('keeps lines of whoever has a longer name', () => {
    const others = ['joada@desk.example', 'x.ada@desk.example', 'ada@desk.example.org', 'ada@desk.examples'];
    const file = `mail\n${others.join('\n')}\n`;
    expect(withoutLinesOf(file, [ADA])).toEqual({ file, lines: 0 });
    expect(withoutLinesOf('id\nH-12\nH-123\n', ['h-12']).lines).toBe(1);
  });

  it.each([
    'See ada@desk.example.',
    'ada@desk.example, please',
    '<mailto:ada@desk.example>',
    "'ADA@DESK.EXAMPLE'",
    'ada@desk.example.org and ada@desk.example',
  ])('finds a name in the middle of a text: %s', (text) => {
    expect(withoutLinesOf(`note\n"${text}"\n`, [ADA]).lines).toBe(1);
  });

  it('goes as a whole where no line of it can be read', () => {
    expect(withoutLinesOf(`mail,mail\n${ADA},1\n`, [ADA])).toEqual({ file: '', lines: 1 });
    expect(withoutLinesOf('mail,mail\nben,1\n', [ADA]).lines).toBe(0);
  });

  it('takes no line that stands there for one that was taken', () => {
    for (const text of ['', '{', '{}', 'x\u007f', 'text']) expect(isTakenLine(text)).toBe(false);
  });
});
