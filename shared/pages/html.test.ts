import { describe, expect, it } from 'vitest';
import { attributes, exactText, html, markupOf, styleElement } from './html.ts';

describe('html', () => {
  it('escapes text and attribute values', () => {
    const text = `<b>"&'\``;
    expect(markupOf(html`<p title="${text}">${text}</p>`)).toBe(
      '<p title="&lt;b&gt;&quot;&amp;&#39;&#96;">&lt;b&gt;&quot;&amp;&#39;&#96;</p>',
    );
  });

  it('puts markup in as it is, and leaves nothing for what is absent', () => {
    expect(markupOf(html`<p>${html`<b>x</b>`}${null}${undefined}${false}${[1, 'a']}</p>`)).toBe('<p><b>x</b>1a</p>');
  });

  it('marks characters that cannot be seen, in text only', () => {
    expect(markupOf(html`<p title="${'\u202e'}">${'\u202e'}</p>`)).toBe(
      '<p title="\u202e"><span class="cp">[U+202E]</span></p>',
    );
  });

  it('lets long addresses break between their parts', () => {
    expect(markupOf(html`${'maria.lindqvist@nordvind.example'}`)).toBe(
      'maria.<wbr>lindqvist@<wbr>nordvind.<wbr>example',
    );
  });

  it('refuses text inside a tag and markup inside an attribute', () => {
    expect(() => html`<p ${'onclick'}>`).toThrow(TypeError);
    expect(() => html`<p class=${'x'}>`).toThrow(TypeError);
    expect(() => html`<p class="a ${'x'}">`).toThrow(TypeError);
    expect(() => html`<p title="${html`<b>`}">`).toThrow(TypeError);
  });

  it('takes no object from outside for markup', () => {
    const foreign = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>"}');
    expect(() => markupOf(html`<p>${foreign}</p>`)).toThrow('map is not a function');
  });

  it('writes attributes that are there and escapes them', () => {
    expect(markupOf(attributes({ open: true, hidden: false, id: null, title: '"<' }))).toBe(' open title="&quot;&lt;"');
  });

  it('keeps exact text exact but for escaping', () => {
    expect(markupOf(exactText('</textarea>\u202e'))).toBe('&lt;/textarea&gt;\u202e');
  });

  it('refuses a style sheet that could end itself', () => {
    expect(() => styleElement('a{}</style>')).toThrow(TypeError);
  });
});
