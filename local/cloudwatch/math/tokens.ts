import { AwsError } from '../../kernel/errors.ts';

export type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text' | 'name' | 'sign'; readonly text: string };

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|"([^"]*)"|'([^']*)'|([A-Za-z]\w*)|(&&|\|\||[<>=!]=|[-+*/^()[\],<>]))/y;

/** @throws ValidationError for a character that no expression has */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const end = expression.trimEnd().length;
  while (at < end) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(expression);
    if (match === null) throw badExpression(expression, `unexpected character at position ${at + 1}`);
    at = TOKEN.lastIndex;
    tokens.push(tokenOf(match));
  }
  return tokens;
}

function tokenOf([, number, double, single, name, sign]: readonly (string | undefined)[]): Token {
  if (number !== undefined) return { kind: 'number', value: Number(number) };
  if (double !== undefined || single !== undefined) return { kind: 'text', text: double ?? single ?? '' };
  if (name !== undefined) return { kind: 'name', text: name };
  return { kind: 'sign', text: sign ?? '' };
}

export function badExpression(expression: string, reason: string): AwsError {
  return new AwsError('ValidationError', `Error in expression '${expression}': ${reason}`);
}
