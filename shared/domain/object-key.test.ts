import { describe, expect, it } from 'vitest';
import { keyBelow, prefixBelow } from './object-key.ts';

describe('the name of a file', () => {
  it.each([
    'limits.csv',
    '2026/03/limits (new).csv',
    'Prüfung_Ä-1.md',
    'a@b.example.txt',
    'ひらがな.csv',
    'v1.2+3=4,5.json',
    // The same name in its composed and its decomposed form.
    'Übersicht.csv'.normalize('NFC'),
    'Übersicht.csv'.normalize('NFD'),
  ])('%s makes a key below its prefix, as it stands', (name) => {
    expect(keyBelow('policies/', name)).toEqual({ ok: true, key: `policies/${name}` });
  });

  it.each([
    ['nothing', ''],
    ['a step up', '../payroll/all.csv'],
    ['a step up inside', 'a/../../payroll.csv'],
    ['a step up at the end', 'a/..'],
    ['a step to itself', './limits.csv'],
    ['a slash in front', '/payroll/all.csv'],
    ['a slash behind', 'limits/'],
    ['an empty step', 'a//b.csv'],
    ['a back slash', '..\\payroll.csv'],
    ['an encoded step up', '%2e%2e/payroll.csv'],
    ['a step up that is encoded twice', '%252e%252e%252fpayroll.csv'],
    ['an encoded slash', 'a%2f..%2fpayroll.csv'],
    ['the points of a full-width keyboard', '\uff0e\uff0e/payroll.csv'],
    ['a one-dot leader', '\u2024\u2024/payroll.csv'],
    ['a two-dot leader', '\u2025/payroll.csv'],
    ['a full-width slash', '..\uff0fpayroll.csv'],
    ['a division slash', 'a\u2215payroll.csv'],
    ['a fraction slash', 'a\u2044payroll.csv'],
    ['a sign that turns the direction of writing', 'a\u202evsc.exe'],
    ['a space of no width', 'a\u200b.csv'],
    ['a null', 'limits.csv\u0000.txt'],
    ['a line break', 'a\nb.csv'],
    ['a query', 'limits.csv?versionId=1'],
    ['a fragment', 'limits.csv#x'],
    ['a star', '*'],
    ['half a character', '\ud800.csv'],
    ['a point in front', '.hidden'],
    ['a space in front', ' limits.csv'],
    ['more than S3 takes', 'ä'.repeat(600)],
  ])('with %s is refused', (_what, name) => {
    expect(keyBelow('policies/', name)).toMatchObject({ ok: false });
    if (name !== '' && name !== 'limits/') expect(prefixBelow('policies/', name)).toMatchObject({ ok: false });
  });

  it('is shown in part where it is refused, however long it is', () => {
    const refused = keyBelow('p/', `../${'x'.repeat(5_000)}`);
    expect(refused.ok ? '' : refused.problem).toHaveLength(
      80 + '"the name  is none that a file below its prefix may have"'.length,
    );
  });
});

it.each([
  ['', 'policies/'],
  ['2026/', 'policies/2026/'],
  ['2026', 'policies/2026'],
])('a list of %j is one of %s', (name, key) => {
  expect(prefixBelow('policies/', name)).toEqual({ ok: true, key });
});
