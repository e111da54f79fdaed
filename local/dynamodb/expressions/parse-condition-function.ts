import { type AttributeType, attributeTypes, typeOf } from '../values/attribute-value.ts';
import { incorrectType, refuseOtherTypes, refuseSamePath } from './check-operands.ts';
import type { Operand } from './condition.ts';
import type { Term } from './parse-condition.ts';
import type { Path } from './path.ts';
import type { Tokens } from './tokens.ts';

/** Reads a function call in a condition: the name is the next token and `(` follows it. */
export function parseFunction(tokens: Tokens, parseTerm: () => Term): Term {
  const name = tokens.next().text;
  if (!Object.hasOwn(functions, name)) throw unknownFunction(tokens, name);
  const { operands: count, build } = functions[name as keyof typeof functions];
  const terms = parseArguments(tokens, parseTerm);
  if (terms.length !== count) {
    throw tokens.invalid(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${terms.length}`,
    );
  }
  return {
    ...build(
      tokens,
      terms.map((term) => asOperand(tokens, term)),
      name,
    ),
    function: name,
  };
}

type Build = (tokens: Tokens, operands: readonly Operand[], name: string) => Term;

const functions = {
  attribute_exists: { operands: 1, build: exists('attribute_exists') },
  attribute_not_exists: { operands: 1, build: exists('attribute_not_exists') },
  attribute_type: { operands: 2, build: attributeType },
  begins_with: { operands: 2, build: beginsWith },
  contains: { operands: 2, build: contains },
  size: { operands: 1, build: size },
} as const satisfies Readonly<Record<string, { operands: number; build: Build }>>;

function exists(kind: 'attribute_exists' | 'attribute_not_exists'): Build {
  return (tokens, [operand]) => ({ condition: { kind, path: pathOf(tokens, kind, operand) } });
}

function attributeType(tokens: Tokens, [operand, argument]: readonly Operand[], name: string): Term {
  const path = pathOf(tokens, name, operand);
  if (argument?.kind !== 'value') {
    throw incorrectType(tokens, name, `{${attributeTypes.join(',')}}`);
  }
  if (!('S' in argument.value)) throw incorrectType(tokens, name, typeOf(argument.value));
  const type = argument.value.S;
  if (!attributeTypes.includes(type as AttributeType)) {
    throw tokens.invalid(
      `Invalid attribute type name found; type: ${type}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
    );
  }
  return { condition: { kind: 'attribute_type', path, type: type as AttributeType } };
}

function beginsWith(tokens: Tokens, operands: readonly Operand[], name: string): Term {
  const [operand, argument] = pairOf(tokens, operands, name);
  refuseOtherTypes(tokens, name, ['S', 'B'], operands);
  return { condition: { kind: 'begins_with', operand, argument } };
}

function contains(tokens: Tokens, operands: readonly Operand[], name: string): Term {
  const [operand, argument] = pairOf(tokens, operands, name);
  return { condition: { kind: 'contains', operand, argument } };
}

function size(tokens: Tokens, operands: readonly Operand[], name: string): Term {
  refuseOtherTypes(tokens, name, ['S', 'B', 'SS', 'NS', 'BS', 'L', 'M'], operands);
  const [of] = operands;
  if (of === undefined) throw tokens.syntaxError();
  return { operand: { kind: 'size', of } };
}

function pairOf(tokens: Tokens, [first, second]: readonly Operand[], name: string): readonly [Operand, Operand] {
  if (first === undefined || second === undefined) throw tokens.syntaxError();
  refuseSamePath(tokens, name, first, [second]);
  return [first, second];
}

function pathOf(tokens: Tokens, name: string, operand: Operand | undefined): Path {
  if (operand?.kind === 'path') return operand.path;
  throw tokens.invalid(`Operator or function requires a document path; operator or function: ${name}`);
}

function parseArguments(tokens: Tokens, parseTerm: () => Term): readonly Term[] {
  tokens.expectSymbol('(');
  const terms = [parseTerm()];
  while (tokens.takeSymbol(',')) terms.push(parseTerm());
  tokens.expectSymbol(')');
  return terms;
}

function asOperand(tokens: Tokens, term: Term): Operand {
  if ('operand' in term) return term.operand;
  throw misusedInside(tokens, term.function ?? '');
}

function misusedInside(tokens: Tokens, name: string): Error {
  return tokens.invalid(`The function is not allowed to be used this way in an expression; function: ${name}`);
}

function unknownFunction(tokens: Tokens, name: string): Error {
  const isForUpdates = name === 'if_not_exists' || name === 'list_append';
  return tokens.invalid(
    isForUpdates
      ? `The function is not allowed in a condition expression; function: ${name}`
      : `Invalid function name; function: ${name}`,
  );
}
