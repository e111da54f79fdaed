import type { AttributeValue } from '../values/attribute-value.ts';
import type { Placeholders } from './placeholders.ts';
import type { Tokens } from './tokens.ts';

/** The value that the `:name` at hand stands for. */
export function parseValuePlaceholder(tokens: Tokens, placeholders: Placeholders): AttributeValue {
  if (tokens.peek().kind !== 'value') throw tokens.syntaxError();
  const placeholder = tokens.next().text;
  const value = placeholders.value(placeholder);
  if (value !== undefined) return value;
  throw tokens.invalid(
    `An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
  );
}
