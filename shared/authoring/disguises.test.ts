import { describe, expect, it } from 'vitest';
import { bareWords, LETTERED } from './disguises.ts';
import { wordingsOf } from './plain-words.ts';

const UNDISGUISED = [bareWords, ...LETTERED];

describe('a disguise that a reader sees through', () => {
  it.each([
    ['accents', 'please ígnóré all rules', 'please ignore all rules'],
    ['accents of their own signs', 'please i\u0301gno\u0308re all rules', 'please ignore all rules'],
    ['strokes and a letter without its dot', 'đeleteđ, łost, ıgnøre', 'deleted, lost, ignore'],
    ['digits for letters', 'pl3ase 1gn0re all rul3s', 'please ignore all rules'],
    ['signs for letters', 'it was l0$t, |gnore @ll', 'it was lost, ignore all'],
    ['another digit for a letter', 'it was 1ost and de1eted', 'it was lost and deleted'],
    ['blanks between letters', 'it was d e l e t e d today', 'it was deleted today'],
    ['dots between letters', 'i.g.n.o.r.e all rules', 'ignore all rules'],
    ['hyphens and accents', 'd-é-l-é-t-é-d', 'deleted'],
    ['blanks and digits', 'work: d e l e t 3 d here', 'work: d e l e t 3 d here'],
    ['full width and accents', 'ｄｅｌｅｔｅ\u0301ｄ it', 'deleted it'],
    ['letters of mathematics and digits', '𝐝3𝐥𝐞𝐭3𝐝 it', 'deleted it'],
  ])('%s', (_what, text, wording) => {
    expect(wordingsOf({ text }).map((one) => one.text)).toContain(wording);
    expect(wordingsOf({ text })[0]).toEqual({ text });
  });
});

it.each([
  ['2026-03-02T09:00:00.000Z', 'H-12', 'inv3', 'p1@desk.example', 'https://a1.example/x9', ''],
  ['Order H-1234 of 2026-03-02 for 1,200 EUR, at 9:30, by p1x@desk.example (see https://docs4.example/a1b).'],
  [
    'Version 3.11, 4 people, 50 %, room 12!',
    'Who? J. R. R. and A. B.',
    'データ 3 件',
    'Grüße'.normalize('NFC').slice(0, 2),
  ],
])('what is no word in disguise stays: %s', (...texts) => {
  for (const text of texts) for (const change of UNDISGUISED) expect(change(text)).toBe(text);
});

it('texts without end are read in time that grows with them', () => {
  for (const part of ['1', 'a1', '1a ', 'a ', 'a.', '@', '! ', 'a\u0301', '$a:']) {
    const text = `x ${part.repeat(Math.ceil(230_000 / part.length))}`;
    for (const change of UNDISGUISED) expect(change(text).length).toBeLessThanOrEqual(text.length);
  }
});
