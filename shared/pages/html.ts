import { visibleText } from './visible-text.ts';

/** Markup that is safe to send. Only this file can make it; text becomes it by escaping alone. */
export type Html = { readonly [markup]: string };
const markup: unique symbol = Symbol('markup');

export type Part = string | number | Html | null | undefined | false | readonly Part[];

/**
 * Builds markup from a template. What is put in is text: escaped, with control and bidirectional characters made
 * visible. Inside a tag only a whole quoted attribute value (`name="${value}"`) or `attributes(...)` can be put in;
 * anything else throws a TypeError, as does markup inside an attribute value.
 */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const places = placesOf(literals);
  return asMarkup(
    literals.reduce((whole, literal, n) => whole + placed(parts[n - 1], places[n - 1] ?? 'text') + literal),
  );
}

/** Text with nothing but escaping, for `<title>` and `<textarea>`, where a mark cannot be an element. */
export function exactText(text: string): Html {
  return asMarkup(escaped(text));
}

/** Attributes of a tag: true stands alone, false, null and undefined are left out. Names come from our own code. */
export function attributes(values: Readonly<Record<string, string | number | boolean | null | undefined>>): Html {
  return asMarkup(
    Object.entries(values)
      .filter(([, value]) => value !== false && value !== null && value !== undefined)
      .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`))
      .join(''),
  );
}

/** The style sheet of a page, as our own code wrote it. */
export function styleElement(css: string): Html {
  if (css.includes('<')) throw new TypeError('a style sheet holds no markup');
  return asMarkup(`<style>${css}</style>`);
}

export function markupOf(part: Html): string {
  return part[markup];
}

type Place = 'text' | 'attribute' | 'tag';

const known = new WeakMap<TemplateStringsArray, readonly Place[]>();

/** Where each part stands, told from the literals alone: parts cannot open or close a tag. */
function placesOf(literals: TemplateStringsArray): readonly Place[] {
  const places = known.get(literals) ?? literals.map((_, n) => placeAfter(literals.slice(0, n + 1).join('')));
  known.set(literals, places);
  return places;
}

function placeAfter(before: string): Place {
  const isInTag = before.lastIndexOf('<') > before.lastIndexOf('>');
  if (!isInTag) return 'text';
  return before.endsWith('="') ? 'attribute' : 'tag';
}

function placed(part: Part, place: Place): string {
  if (part === null || part === undefined || part === false) return '';
  if (isHtml(part)) {
    if (place === 'attribute') throw new TypeError('markup cannot stand in an attribute');
    return part[markup];
  }
  if (place === 'tag') throw new TypeError('text cannot stand inside a tag outside a quoted attribute');
  if (typeof part === 'object') return part.map((each) => placed(each, place)).join('');
  return place === 'attribute' ? escaped(String(part)) : visible(String(part));
}

function visible(text: string): string {
  return visibleText(text)
    .map((stretch) => ('text' in stretch ? breakable(stretch.text) : `<span class="cp">[${stretch.mark}]</span>`))
    .join('');
}

/** Addresses and other long words may break where a reader expects it. */
function breakable(text: string): string {
  return text
    .split(/(\S{20,})/)
    .map((part, n) => (n % 2 === 0 ? [part] : part.split(/(?<=[@/.?&=_-])(?=\p{L})/u)).map(escaped).join('<wbr>'))
    .join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => entities[character] ?? '');
}

function isHtml(part: Part): part is Html {
  return typeof part === 'object' && part !== null && markup in part;
}

function asMarkup(text: string): Html {
  return { [markup]: text };
}
