import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** A page as a browser would understand it; a parse error is a fault of the page and throws. Serves tests. */
export function parsed(markup: string): Node {
  return parse(markup, {
    onParseError: ({ code, startLine, startCol }) => {
      if (!tolerated.has(code)) throw new Error(`the page does not parse: ${code} at ${startLine}:${startCol}`);
    },
  });
}

/** Control characters in text are shown, and some must be sent as they are in inputs. */
const tolerated = new Set([
  'control-character-in-input-stream',
  'noncharacter-in-input-stream',
  'unexpected-null-character',
]);

export function elements(node: Node, tag?: string): Element[] {
  const inner = 'childNodes' in node ? node.childNodes.flatMap((child) => elements(child, tag)) : [];
  return isElement(node) && (tag === undefined || node.tagName === tag) ? [node, ...inner] : inner;
}

export function attribute(element: Element, name: string): string | null {
  return element.attrs.find((each) => each.name === name)?.value ?? null;
}

/** The text of a node, as it is read. */
export function textOf(node: Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  if (!('childNodes' in node)) return '';
  return node.childNodes.map(textOf).join('');
}

/** The text that a person reads on a page. */
export function shownText(page: Node): string {
  return elements(page, 'body').map(textOf).join('');
}

/** Elements with their attributes' names, without text and values; marks of characters and break chances left out. */
export function skeleton(page: Node): string {
  return elements(page)
    .filter((element) => element.tagName !== 'wbr' && !marks.has(attribute(element, 'class') ?? ''))
    .map(({ tagName, attrs }) => `<${tagName} ${attrs.map(({ name }) => name).join(' ')}>`)
    .join('\n');
}

/** Marks of hidden characters, in text and above inputs. */
const marks = new Set(['cp', 'wrong']);

/** What a browser sends when a button is pressed: every control of the form `answer` as it stands. */
export function submission(markup: string, verb: string, typed: Readonly<Record<string, string>> = {}): string {
  const sent = new URLSearchParams();
  const add = (name: string, value: string): void => sent.append(name, asSent(value));
  for (const element of elements(parsed(markup))) {
    const name = attribute(element, 'name');
    const isOurs = attribute(element, 'form') === 'answer' || plain.has(name ?? '');
    if (name === null || !isOurs || element.tagName === 'button') continue;
    const value = typed[name] ?? controlValue(element);
    if (value !== null) add(name, value);
  }
  add('verb', verb);
  return sent.toString();
}

const plain = new Set(['code', 'reason', 'digest', 'seen']);

function controlValue(element: Element): string | null {
  if (element.tagName === 'textarea') return textOf(element);
  if (element.tagName === 'select') return selected(element);
  const type = attribute(element, 'type');
  const value = attribute(element, 'value') ?? '';
  if (type === 'radio' || type === 'checkbox') return attribute(element, 'checked') === null ? null : value;
  return type === 'hidden' ? value : value.replace(/[\r\n]/g, '');
}

function selected(select: Element): string {
  const options = elements(select, 'option');
  const chosen = options.find((option) => attribute(option, 'selected') !== null) ?? options[0];
  return chosen === undefined ? '' : (attribute(chosen, 'value') ?? textOf(chosen));
}

/** Browsers send line breaks as CR LF. */
function asSent(value: string): string {
  return value.replace(/\r\n|\r|\n/g, '\r\n');
}

function isElement(node: Node): node is Element {
  return 'tagName' in node;
}
