import { describe, expect, it } from 'vitest';
import { withoutPerson } from './erased-letter.ts';
import { withoutLinesOf } from './erased-lines.ts';
import { finderOf } from './named.ts';

const finds = (name: string, value: Parameters<ReturnType<typeof finderOf>['inValue']>[0]): boolean =>
  finderOf([name]).inValue(value);
const trigger = (body: unknown): string =>
  JSON.stringify({ workflow: 'orders', trigger: 'file', eventId: 'e', receivedAt: '2026-03-02T09:00:00Z', body });

describe('an address', () => {
  it.each([
    ...['See Ada@Desk.example.', '…ada@desk.example…', '-ada@desk.example', '_ada@desk.example_', 'ada@desk.example--'],
    ...['ＡＤＡ@desk.example', '<mailto:ada@desk.example?subject=x>', 'to=ada@desk.example&x', 'ada@desk.example%20'],
  ])('is found where it stands by itself: %s', (text) => {
    expect(finds('Ada@Desk.example', { notes: [text] })).toBe(true);
    expect(finds('Ada@Desk.example', { [text]: 1 })).toBe(true);
  });

  it.each([
    'joada@desk.example',
    'x.ada@desk.example',
    'x-ada@desk.example',
    'ada@desk.example.org',
    'ada@desk.examples',
  ])('is not found in a longer one: %s', (text) => {
    expect(finds('ada@desk.example', { [text]: [text] })).toBe(false);
  });
});

describe('an identifier that is a word or a small number', () => {
  it.each(['the', 'file', 'orders', '120', 'example', '...', 'H-12'])(
    'is found as all of a value alone: %s',
    (name) => {
      expect(finds(name, { a: [name.toUpperCase()] })).toBe(true);
      expect(finds(name, { [name]: `x ${name} x` })).toBe(false);
    },
  );

  it('that has as many digits as a telephone number is found in a text, too', () => {
    expect(finds('+49 30 123456', { note: 'Call +49 30 123456.' })).toBe(true);
    expect(finds('123456', { note: 'Order 1234567' })).toBe(false);
  });

  it.each(['body', 'file', 'orders', 'workflow', 'item', 'pen', 'mail'])(
    'takes no letter and no line for one: %s',
    (name) => {
      const lines = '{"mail":"ben@desk.example","item":"a pen for the office"}\n';
      expect(withoutPerson(trigger({ file: lines }), name)).toBeNull();
      expect(withoutPerson(trigger({ mail: 'A pen for the body of a file' }), name)).toBeNull();
      expect(withoutLinesOf(lines, [name])).toEqual({ file: lines, lines: 0 });
      expect(withoutLinesOf(`mail,item\n${'ben@desk.example,a pen\n'}`, [name]).lines).toBe(0);
    },
  );
});

it('stands nowhere in what is left of a letter that is known by the person, too', () => {
  const file = 'mail\nben@desk.example\nada@desk.example\n';
  const letter = JSON.stringify({ ...JSON.parse(trigger({ file })), eventId: 'ada@desk.example/day.csv' });
  expect(withoutPerson(letter, 'ada@desk.example')).toEqual({ workflow: 'orders', left: null });
});

it('thousands of people are looked for as each of them would be', () => {
  const names = Array.from({ length: 12_000 }, (_, at) => `p${at}@desk.example`);
  const finder = finderOf(names);
  expect(finder.inText(`${'word '.repeat(40_000)} p11999@desk.example`)).toBe(true);
  expect(finder.inText(`${'word '.repeat(40_000)} p12000@desk.example`)).toBe(false);
  expect(finder.inText('xp1@desk.example'.repeat(14_000))).toBe(false);
});
