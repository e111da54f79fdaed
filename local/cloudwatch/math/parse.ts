import { badExpression, type Token, tokensOf } from './tokens.ts';

/** A metric math expression as a tree. */
export type MathNode =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text' | 'metric'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly MathNode[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly MathNode[] }
  | { readonly kind: 'operation'; readonly operator: string; readonly left: MathNode; readonly right: MathNode };

/** @throws ValidationError */
export function parseExpression(expression: string): MathNode {
  const parser = new Parser(expression);
  return parser.whole();
}

/** Weakest first; the operators of one line bind alike, from left to right. */
const LEVELS: readonly (readonly string[])[] = [
  ['||', 'OR'],
  ['&&', 'AND'],
  ['==', '!=', '<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/'],
];

class Parser {
  readonly #expression: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = tokensOf(expression);
  }

  whole(): MathNode {
    const node = this.#level(0);
    if (this.#at < this.#tokens.length) throw this.#unexpected();
    return node;
  }

  #level(level: number): MathNode {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#signed();
    let left = this.#level(level + 1);
    for (;;) {
      const operator = this.#peek();
      if (operator === null || !operators.includes(operator)) return left;
      this.#at += 1;
      left = { kind: 'operation', operator, left, right: this.#level(level + 1) };
    }
  }

  #signed(): MathNode {
    if (this.#peek() !== '-') return this.#power();
    this.#at += 1;
    return { kind: 'operation', operator: '-', left: { kind: 'number', value: 0 }, right: this.#signed() };
  }

  #power(): MathNode {
    const left = this.#primary();
    if (this.#peek() !== '^') return left;
    this.#at += 1;
    return { kind: 'operation', operator: '^', left, right: this.#signed() };
  }

  #primary(): MathNode {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw badExpression(this.#expression, 'unexpected end');
    if (token.kind === 'number') {
      this.#at += 1;
      return token;
    }
    if (token.kind === 'text') {
      this.#at += 1;
      return { kind: 'text', text: token.text };
    }
    if (token.kind === 'name') return this.#named(token.text);
    if (token.text === '(') return this.#parenthesized();
    if (token.text === '[') return { kind: 'list', items: this.#items('[', ']') };
    throw this.#unexpected();
  }

  /** Ids of metrics begin in lower case; functions and constants are written in capitals. */
  #named(name: string): MathNode {
    this.#at += 1;
    if (this.#peek() === '(') return { kind: 'call', name: name.toUpperCase(), args: this.#items('(', ')') };
    return /^[a-z]/.test(name) ? { kind: 'metric', text: name } : { kind: 'text', text: name };
  }

  #parenthesized(): MathNode {
    this.#expect('(');
    const node = this.#level(0);
    this.#expect(')');
    return node;
  }

  #items(open: string, close: string): MathNode[] {
    this.#expect(open);
    const items: MathNode[] = [];
    while (this.#peek() !== close) {
      if (items.length > 0) this.#expect(',');
      items.push(this.#level(0));
    }
    this.#expect(close);
    return items;
  }

  #peek(): string | null {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.kind === 'number' || token.kind === 'text') return null;
    return token.text;
  }

  #expect(sign: string): void {
    if (this.#peek() !== sign) throw this.#unexpected();
    this.#at += 1;
  }

  #unexpected(): Error {
    const token = this.#tokens[this.#at];
    if (token === undefined) return badExpression(this.#expression, 'unexpected end');
    return badExpression(this.#expression, `unexpected ${token.kind === 'number' ? token.value : token.text}`);
  }
}
