/** A path or intrinsic function that cannot be read. */
export class PathSyntaxError extends Error {
  constructor(text: string, position: number, problem: string) {
    super(`'${text}' is not valid at position ${position}: ${problem}`);
    this.name = 'PathSyntaxError';
  }
}

/** Reads a text from left to right. */
export class Reader {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.position >= this.text.length;
  }

  peek(): string {
    return this.text.charAt(this.position);
  }

  startsWith(token: string): boolean {
    return this.text.startsWith(token, this.position);
  }

  /** Moves past `token` if it comes next. */
  take(token: string): boolean {
    if (!this.startsWith(token)) return false;
    this.position += token.length;
    return true;
  }

  takeAfterSpace(token: string): boolean {
    this.skipSpace();
    return this.take(token);
  }

  expect(token: string): void {
    if (!this.take(token)) throw this.error(`'${token}' was expected`);
  }

  skipSpace(): void {
    while (/\s/.test(this.peek())) this.position += 1;
  }

  takeWhile(character: RegExp): string {
    const start = this.position;
    while (!this.isAtEnd && character.test(this.peek())) this.position += 1;
    return this.text.slice(start, this.position);
  }

  takeInteger(): number | null {
    const match = /^[+-]?\d+/.exec(this.text.slice(this.position, this.position + 20));
    if (match === null) return null;
    this.position += match[0].length;
    return Number(match[0]);
  }

  takeNumber(): number | null {
    const match = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(this.text.slice(this.position, this.position + 40));
    if (match === null) return null;
    this.position += match[0].length;
    return Number(match[0]);
  }

  /** A text in single or double quotes; a backslash keeps the character after it. */
  takeQuoted(): string {
    const quote = this.peek();
    if (quote !== "'" && quote !== '"') throw this.error('a quoted text was expected');
    this.position += 1;
    let value = '';
    while (this.peek() !== quote) {
      if (this.isAtEnd) throw this.error('the text does not end');
      if (this.peek() === '\\') this.position += 1;
      value += this.peek();
      this.position += 1;
    }
    this.position += 1;
    return value;
  }

  error(problem: string): PathSyntaxError {
    return new PathSyntaxError(this.text, this.position, problem);
  }
}
