import type { Json } from '../../kernel/service.ts';
import { onText } from './on-text.ts';
import { PatternError } from './pattern-error.ts';

/** `*` stands for any characters; `\*` and `\\` for themselves. */
export function readWildcard(operand: Json): (value: Json) => boolean {
  if (typeof operand !== 'string') throw new PatternError('wildcard match pattern must be a string');
  const tokens = operand.match(/\\.|\\|[^\\]/gsu) ?? [];
  const source = tokens.map((token, index) => {
    if (token === '*') {
      if (tokens[index - 1] === '*') throw new PatternError('Consecutive wildcard characters are not allowed');
      return '.*';
    }
    if (token.startsWith('\\') && token !== '\\*' && token !== '\\\\') {
      throw new PatternError('Invalid escape character in wildcard pattern');
    }
    return token.startsWith('\\') ? token : token.replace(/[.*+?^${}()|[\]/-]/g, '\\$&');
  });
  const expression = new RegExp(`^${source.join('')}$`, 's');
  return onText((text) => expression.test(text));
}
