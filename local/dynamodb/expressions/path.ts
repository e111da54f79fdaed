import { type AttributeMap, type AttributeValue, attributeOf } from '../values/attribute-value.ts';
import type { Placeholders } from './placeholders.ts';
import { reservedWords } from './reserved-words.ts';
import type { Token, Tokens } from './tokens.ts';

/** A document path: an attribute name, then names into maps and indexes into lists. */
export type Path = readonly [string, ...(string | number)[]];

const MAX_LIST_INDEX = 2 ** 31 - 1;

export function parsePath(tokens: Tokens, placeholders: Placeholders): Path {
  const path: [string, ...(string | number)[]] = [parseName(tokens, placeholders)];
  for (;;) {
    if (tokens.takeSymbol('.')) path.push(parseName(tokens, placeholders));
    else if (tokens.takeSymbol('[')) path.push(parseIndex(tokens));
    else return path;
  }
}

export function valueAt(item: AttributeMap, path: Path): AttributeValue | undefined {
  let value = attributeOf(item, path[0]);
  for (let at = 1; at < path.length && value !== undefined; at += 1) value = step(value, path[at] ?? '');
  return value;
}

/** `[a, b, [0]]`, as error texts show a path. */
export function showPath(path: Path): string {
  return `[${path.map((element) => (typeof element === 'number' ? `[${element}]` : element)).join(', ')}]`;
}

function step(value: AttributeValue, element: string | number): AttributeValue | undefined {
  if (typeof element === 'number') return 'L' in value ? value.L[element] : undefined;
  return 'M' in value ? attributeOf(value.M, element) : undefined;
}

function parseName(tokens: Tokens, placeholders: Placeholders): string {
  const token = tokens.peek();
  if (token.kind === 'name') return resolveName(tokens, placeholders);
  if (token.kind !== 'word') throw tokens.syntaxError();
  refuseReserved(tokens, token);
  return tokens.next().text;
}

function resolveName(tokens: Tokens, placeholders: Placeholders): string {
  const placeholder = tokens.next().text;
  const name = placeholders.name(placeholder);
  if (name !== undefined) return name;
  throw tokens.invalid(
    `An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`,
  );
}

/** Words of the expression language itself: out of place, they are a slip of syntax. */
const KEYWORDS = ['ADD', 'AND', 'BETWEEN', 'DELETE', 'IN', 'NOT', 'OR', 'SET'];

function refuseReserved(tokens: Tokens, { text }: Token): void {
  const upperCase = text.toUpperCase();
  // REMOVE is no reserved word, but begins a section in an update.
  if (upperCase === 'REMOVE' && tokens.label === 'UpdateExpression') throw tokens.syntaxError();
  if (!reservedWords.has(upperCase)) return;
  if (KEYWORDS.includes(upperCase)) throw tokens.syntaxError();
  throw tokens.invalid(`Attribute name is a reserved keyword; reserved keyword: ${text}`);
}

function parseIndex(tokens: Tokens): number {
  if (tokens.peek().kind !== 'index') throw tokens.syntaxError();
  const { text } = tokens.next();
  const index = Number(text);
  if (index > MAX_LIST_INDEX) {
    throw tokens.invalid(`List index is not within the allowable range; index: [${text}]`);
  }
  tokens.expectSymbol(']');
  return index;
}
