import { describe, expect, it } from 'vitest';
import { html, markupOf } from './html.ts';
import { hiddenMarks, visibleString, visibleText } from './visible-text.ts';

describe('text from outside', () => {
  it.each([
    [
      'refund of \u202e000,1\u202c EUR',
      'refund of [U+202E]000,1[U+202C] EUR',
      'a direction override turns an amount round',
    ],
    ['a\u0000b\u0008c\u001b[31m', 'a[U+0000]b[U+0008]c[U+001B][31m', 'control characters overwrite on a terminal'],
    ['ADMIN\u3164', 'ADMIN[U+3164]', 'a filler shows nothing'],
    ['a\u2800b', 'a[U+2800]b', 'a braille blank is no space'],
    ['re\u00adfund', 're[U+00AD]fund', 'a soft hyphen hides in a word'],
    ['a\ud800b', 'a[U+D800]b', 'a lone surrogate is no character'],
    ['Hi\ufe01\ufe0f', 'Hi[U+FE01][U+FE0F]', 'selectors behind letters carry hidden bytes'],
    ['pay\u200dpal', 'pay[U+200D]pal', 'a joiner between Latin letters joins nothing'],
    ['a\u0085b\u2028c', 'a[U+0085]b[U+2028]c', 'odd line breaks break lines elsewhere'],
    ['a\ue000b', 'a[U+E000]b', 'a private character means nothing to others'],
    ['https://\u0430pple.com', 'https://\u0430[U+0430]pple.com', 'a Cyrillic letter passes for a Latin one'],
    ['paypa\u04cf', 'paypa\u04cf[U+04CF]', 'a Cyrillic palochka is no small L'],
    ['g\u0585\u0585gle', 'g\u0585[U+0585]\u0585[U+0585]gle', 'an Armenian letter is no small O'],
    ['\u13e2ay', '\u13e2[U+13E2]ay', 'a Cherokee letter is no capital P'],
    ['\u03f2orp', '\u03f2[U+03F2]orp', 'a lunate sigma is no small C'],
    ['b\u0251nk', 'b\u0251[U+0251]nk', 'a Latin alpha is no small A'],
    ['\ufb01nance', '\ufb01[U+FB01]nance', 'a ligature is not the letters it looks like'],
    ['\u212aey', '\u212a[U+212A]ey', 'a Kelvin sign is not the letter it looks like'],
  ])('%j reads %j', (text, shown) => {
    expect(visibleString(text)).toBe(shown);
  });

  it.each([
    ['Rückgabe der Jacke, Größe 38: 59,90 €'],
    ['می‌خواهم سفارش را لغو کنم'],
    ['החזר של 100 ₪ להזמנה'],
    ['क्‍ष और मूल्य ₹500'],
    ['👩‍👩‍👧‍👦 ❤️ 1️⃣ 👍🏽'],
    ['Привет, мир. Γειά σου κόσμε.'],
    ['Tiếng Việt có dấu: ệ, cafe\u0301'],
    ['two\nlines\tand a tab'],
    ['10 kΩ, 5 µm, Δt'],
    ['Ողջույն աշխարհ, ᎣᏏᏲ, ϣⲉⲛⲟⲩϥⲓ'],
    [''],
  ])('%j stays as it is', (text) => {
    expect(visibleString(text)).toBe(text);
  });

  it('shows CR LF as one line break', () => {
    expect(visibleString('a\r\nb')).toBe('a\nb');
  });

  it('counts accents that pile up and keeps the first four', () => {
    expect(visibleString(`a${'\u0300'.repeat(5000)}`)).toBe('a\u0300\u0300\u0300\u0300[U+0300 ×4996]');
  });

  it('counts what hides and stands many times in a row, so that no page grows to be too large to be sent', () => {
    expect(visibleString(`a${'\u007f'.repeat(190_000)}b\u202e\u202e`)).toBe('a[U+007F ×190000]b[U+202E][U+202E]');
    expect(markupOf(html`${'\u007f'.repeat(190_000)}`).length).toBeLessThan(100);
  });

  it.each([
    ['letters that pass for others', 'a\u0430', 200_000],
    ['signs that hide', 'a\u00ad', 200_000],
    ['accents that pile up, no two alike', '\u0300\u0301', 200_000],
  ])('of %s without end is shown like any other', (_what, pair, length) => {
    expect(visibleString(pair.repeat(length / 2)).length).toBeGreaterThan(length);
  });

  it('leaves every visible character in place', () => {
    const text = 'x\u202ey\u0430bc';
    const kept = visibleText(text).flatMap((stretch) => ('text' in stretch ? [stretch.text] : []));
    expect(kept.join('')).toBe('xy\u0430bc');
  });

  it('names each hidden character once', () => {
    expect(hiddenMarks('\u202ea\u202eb\u0000')).toEqual(['U+202E', 'U+0000']);
  });
});
