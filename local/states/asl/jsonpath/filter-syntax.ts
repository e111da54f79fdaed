import type { Json } from '../../../kernel/service.ts';
import type { Path } from './path-syntax.ts';
import { readSegments } from './path-syntax.ts';
import type { Reader } from './reader.ts';

/** What stands in `[?( ... )]`. */
export type FilterExpression =
  | { readonly kind: 'or' | 'and'; readonly left: FilterExpression; readonly right: FilterExpression }
  | { readonly kind: 'not'; readonly inner: FilterExpression }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'exists'; readonly operand: Operand };

export type Operand =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  | { readonly kind: 'path'; readonly from: 'item' | 'root'; readonly path: Path };

export function parseFilter(reader: Reader): FilterExpression {
  let left = parseAnd(reader);
  while (reader.takeAfterSpace('||')) left = { kind: 'or', left, right: parseAnd(reader) };
  return left;
}

function parseAnd(reader: Reader): FilterExpression {
  let left = parseUnary(reader);
  while (reader.takeAfterSpace('&&')) left = { kind: 'and', left, right: parseUnary(reader) };
  return left;
}

function parseUnary(reader: Reader): FilterExpression {
  if (reader.takeAfterSpace('!')) return { kind: 'not', inner: parseUnary(reader) };
  if (!reader.take('(')) return parseComparison(reader);
  const inner = parseFilter(reader);
  reader.skipSpace();
  reader.expect(')');
  return inner;
}

const OPERATORS = ['==', '!=', '<=', '>=', '=~', '<', '>', 'in', 'nin', 'contains', 'size', 'empty'];

function parseComparison(reader: Reader): FilterExpression {
  const left = parseOperand(reader);
  reader.skipSpace();
  const operator = OPERATORS.find((candidate) => reader.take(candidate));
  if (operator === undefined) return { kind: 'exists', operand: left };
  return { kind: 'compare', operator, left, right: parseOperand(reader) };
}

function parseOperand(reader: Reader): Operand {
  reader.skipSpace();
  if (reader.take('@')) return { kind: 'path', from: 'item', path: readSegments(reader) };
  if (reader.take('$')) return { kind: 'path', from: 'root', path: readSegments(reader) };
  if (reader.peek() === '/') return { kind: 'pattern', pattern: parsePattern(reader) };
  return { kind: 'literal', value: parseLiteral(reader) };
}

function parsePattern(reader: Reader): RegExp {
  reader.expect('/');
  let source = '';
  while (!reader.take('/')) {
    if (reader.isAtEnd) throw reader.error('the pattern does not end');
    if (reader.peek() === '\\') {
      source += '\\';
      reader.position += 1;
    }
    source += reader.peek();
    reader.position += 1;
  }
  return new RegExp(`^(?:${source})$`, reader.take('i') ? 'i' : '');
}

function parseLiteral(reader: Reader): Json {
  const next = reader.peek();
  if (next === "'" || next === '"') return reader.takeQuoted();
  if (reader.take('true')) return true;
  if (reader.take('false')) return false;
  if (reader.take('null')) return null;
  if (reader.take('[')) return parseList(reader);
  const number = reader.takeNumber();
  if (number === null) throw reader.error('a value was expected');
  return number;
}

function parseList(reader: Reader): Json {
  const values: Json[] = [];
  reader.skipSpace();
  if (reader.take(']')) return values;
  do {
    reader.skipSpace();
    values.push(parseLiteral(reader));
  } while (reader.takeAfterSpace(','));
  reader.expect(']');
  return values;
}
