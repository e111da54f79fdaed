import { typeOf } from '../values/attribute-value.ts';
import { parsePath } from './path.ts';
import type { Placeholders } from './placeholders.ts';
import type { Tokens } from './tokens.ts';
import type { UpdateOperand } from './update.ts';
import { parseValuePlaceholder } from './value-placeholder.ts';

/** Reads what stands right of `=` in SET: an operand, or the sum or difference of two. */
export function parseUpdateOperand(tokens: Tokens, placeholders: Placeholders): UpdateOperand {
  const left = parseOperand(tokens, placeholders);
  for (const kind of ['+', '-'] as const) {
    if (!tokens.takeSymbol(kind)) continue;
    const right = parseOperand(tokens, placeholders);
    for (const operand of [left, right]) {
      refuseListAppend(tokens, operand);
      refuseType(tokens, kind, 'N', operand);
    }
    return { kind, left, right };
  }
  return left;
}

function parseOperand(tokens: Tokens, placeholders: Placeholders): UpdateOperand {
  if (tokens.takeSymbol('(')) return parseInParentheses(tokens, placeholders);
  const { kind } = tokens.peek();
  if (kind === 'value') return { kind: 'value', value: parseValuePlaceholder(tokens, placeholders) };
  if (kind === 'word' && tokens.peek(1).text === '(') return parseFunction(tokens, placeholders);
  return { kind: 'path', path: parsePath(tokens, placeholders) };
}

function parseInParentheses(tokens: Tokens, placeholders: Placeholders): UpdateOperand {
  const areDoubled = tokens.peek().text === '(';
  const inner = parseUpdateOperand(tokens, placeholders);
  tokens.expectSymbol(')');
  if (areDoubled && inner.kind !== '+' && inner.kind !== '-')
    throw tokens.invalid('The expression has redundant parentheses;');
  return inner;
}

function parseFunction(tokens: Tokens, placeholders: Placeholders): UpdateOperand {
  const name = tokens.next().text;
  if (name !== 'if_not_exists' && name !== 'list_append') throw unknownFunction(tokens, name);
  const [left, right, ...more] = parseArguments(tokens, placeholders);
  if (left === undefined || right === undefined || more.length > 0) {
    const count = (left === undefined ? 0 : 1) + (right === undefined ? 0 : 1) + more.length;
    throw tokens.invalid(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`,
    );
  }
  for (const operand of [left, right]) refuseListAppend(tokens, operand);
  if (name === 'if_not_exists') return ifNotExists(tokens, left, right);
  for (const operand of [left, right]) refuseType(tokens, name, 'L', operand);
  return { kind: name, left, right };
}

function ifNotExists(tokens: Tokens, left: UpdateOperand, otherwise: UpdateOperand): UpdateOperand {
  if (left.kind === 'path') return { kind: 'if_not_exists', path: left.path, otherwise };
  throw tokens.invalid('Operator or function requires a document path; operator or function: if_not_exists');
}

function parseArguments(tokens: Tokens, placeholders: Placeholders): readonly UpdateOperand[] {
  tokens.expectSymbol('(');
  const operands = [parseOperand(tokens, placeholders)];
  while (tokens.takeSymbol(',')) operands.push(parseOperand(tokens, placeholders));
  tokens.expectSymbol(')');
  return operands;
}

/** Its lists may come from other functions, but it stands inside none itself. */
function refuseListAppend(tokens: Tokens, operand: UpdateOperand): void {
  if (operand.kind !== 'list_append') return;
  throw tokens.invalid('The function is not allowed to be used this way in an expression; function: list_append');
}

function refuseType(tokens: Tokens, operator: string, needed: 'N' | 'L', operand: UpdateOperand): void {
  if (operand.kind !== 'value' || needed in operand.value) return;
  throw tokens.invalid(
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${typeOf(operand.value)}`,
  );
}

const CONDITION_FUNCTIONS = [
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
];

function unknownFunction(tokens: Tokens, name: string): Error {
  return tokens.invalid(
    CONDITION_FUNCTIONS.includes(name)
      ? `The function is not allowed in an update expression; function: ${name}`
      : `Invalid function name; function: ${name}`,
  );
}
