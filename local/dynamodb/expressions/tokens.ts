import { validationError } from '../errors.ts';

export type TokenKind = 'word' | 'name' | 'value' | 'index' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Reads an expression token by token and says where it goes wrong, in the words of AWS. */
export class Tokens {
  /** Which parameter the expression came in: `UpdateExpression`. */
  readonly label: string;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(label: string, text: string) {
    this.label = label;
    this.#text = text;
    const bytes = Buffer.byteLength(text);
    if (bytes > MAX_EXPRESSION_BYTES) {
      throw this.invalid(`Expression size has exceeded the maximum allowed size; expression size: ${bytes}`);
    }
    this.#tokens = tokenize(text);
    if (this.#tokens.length === 1) throw this.invalid('The expression can not be empty;');
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] ?? END;
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Takes the next token if it is this symbol. */
  takeSymbol(symbol: string): boolean {
    const { kind, text } = this.peek();
    if (kind !== 'symbol' || text !== symbol) return false;
    this.#at += 1;
    return true;
  }

  /** Takes the next token if it is this keyword, in any case. */
  takeKeyword(keyword: string): boolean {
    const { kind, text } = this.peek();
    if (kind !== 'word' || text.toUpperCase() !== keyword) return false;
    this.#at += 1;
    return true;
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.syntaxError();
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.syntaxError();
  }

  invalid(what: string): Error {
    return validationError(`Invalid ${this.label}: ${what}`);
  }

  /** About the next token. */
  syntaxError(): Error {
    const token = this.peek();
    const from = this.#at === 0 ? token.start : this.peek(-1).start;
    const near = this.#text.slice(from, token.kind === 'end' ? undefined : this.peek(1).end);
    const shown = token.kind === 'end' ? '<EOF>' : token.text;
    return this.invalid(`Syntax error; token: "${shown}", near: "${near}"`);
  }
}

const MAX_EXPRESSION_BYTES = 4096;

const END: Token = { kind: 'end', text: '', start: 0, end: 0 };

const TOKEN =
  /\s*(?:(?<word>[A-Za-z][A-Za-z0-9_]*)|(?<name>#[A-Za-z0-9_-]+)|(?<value>:[A-Za-z0-9_-]+)|(?<index>0|[1-9]\d*)|(?<symbol><>|<=|>=|\S))/gy;

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [word, name, value, index, symbol] = match.slice(1);
    const found = word ?? name ?? value ?? index ?? symbol ?? '';
    const end = match.index + match[0].length;
    tokens.push({ kind: kindOf(word, name, value, index), text: found, start: end - found.length, end });
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

function kindOf(word?: string, name?: string, value?: string, index?: string): TokenKind {
  if (word !== undefined) return 'word';
  if (name !== undefined) return 'name';
  if (value !== undefined) return 'value';
  return index === undefined ? 'symbol' : 'index';
}
