import { describe, expect, it } from 'vitest';
import { htmlText } from './html-text.ts';

describe('the text of a page', () => {
  it('is what it says, line by line', () => {
    const page = '<h1>Hello</h1><p>one<br/>two &amp; <b>three</b></p><script>alert(1)</script><!-- no --><p>four</p>';
    expect(htmlText(page)).toBe('Hello\none\ntwo & three\nfour');
  });

  it.each([
    ['line breaks', 'before <br '],
    ['ends of paragraphs', 'before </p '],
    ['tags', 'before <a '],
    ['comments', 'before <!-- '],
    ['scripts', 'before <script> '],
  ])('that is all %s and closes none is read up to there, however long it is', (_what, opened) => {
    expect(htmlText(opened.repeat(100_000))).toBe('before');
  });
});
