import { checkedBetween, checkedComparison, checkedIn } from './check-operands.ts';
import { type Comparator, type Condition, comparators, type Operand } from './condition.ts';
import { parseFunction } from './parse-condition-function.ts';
import { parsePath } from './path.ts';
import type { Placeholders } from './placeholders.ts';
import { Tokens } from './tokens.ts';
import { parseValuePlaceholder } from './value-placeholder.ts';

/**
 * Reads a condition, filter or key condition.
 *
 * @param label the request's parameter, for error texts: `ConditionExpression`.
 * @throws ValidationException in the words of AWS.
 */
export function parseCondition(label: string, text: string, placeholders: Placeholders): Condition {
  const parser = new ConditionParser(new Tokens(label, text), placeholders);
  return parser.whole();
}

/** What a part of the text turned out to be. `function` is its name when it was a call. */
export type Term =
  | { readonly condition: Condition; readonly function?: string; readonly isInParentheses?: boolean }
  | { readonly operand: Operand; readonly function?: string; readonly isInParentheses?: boolean };

class ConditionParser {
  readonly #tokens: Tokens;
  readonly #placeholders: Placeholders;

  constructor(tokens: Tokens, placeholders: Placeholders) {
    this.#tokens = tokens;
    this.#placeholders = placeholders;
  }

  whole(): Condition {
    const condition = this.#conditionOf(this.#or());
    this.#tokens.expectEnd();
    return condition;
  }

  #or(): Term {
    let term = this.#and();
    while (this.#tokens.peek().kind === 'word' && isKeyword(this.#tokens, 'OR')) {
      const left = this.#conditionOf(term);
      this.#tokens.next();
      term = { condition: { kind: 'or', left, right: this.#conditionOf(this.#and()) } };
    }
    return term;
  }

  #and(): Term {
    let term = this.#not();
    while (isKeyword(this.#tokens, 'AND')) {
      const left = this.#conditionOf(term);
      this.#tokens.next();
      term = { condition: { kind: 'and', left, right: this.#conditionOf(this.#not()) } };
    }
    return term;
  }

  #not(): Term {
    if (!this.#tokens.takeKeyword('NOT')) return this.#predicate();
    return { condition: { kind: 'not', condition: this.#conditionOf(this.#not()) } };
  }

  #predicate(): Term {
    const left = this.#term();
    const operator = this.#takeComparator();
    if (operator !== null) {
      return { condition: checkedComparison(this.#tokens, operator, this.#operandOf(left), this.#operand()) };
    }
    if (this.#tokens.takeKeyword('BETWEEN')) return this.#between(this.#operandOf(left));
    if (this.#tokens.takeKeyword('IN')) return this.#in(this.#operandOf(left));
    return left;
  }

  #between(operand: Operand): Term {
    const lower = this.#operand();
    if (!this.#tokens.takeKeyword('AND')) throw this.#tokens.syntaxError();
    return { condition: checkedBetween(this.#tokens, operand, lower, this.#operand()) };
  }

  #in(operand: Operand): Term {
    this.#tokens.expectSymbol('(');
    const candidates = [this.#operand()];
    while (this.#tokens.takeSymbol(',')) candidates.push(this.#operand());
    this.#tokens.expectSymbol(')');
    return { condition: checkedIn(this.#tokens, operand, candidates) };
  }

  #operand(): Operand {
    return this.#operandOf(this.#term());
  }

  #term(): Term {
    const { kind } = this.#tokens.peek();
    if (this.#tokens.takeSymbol('(')) return this.#parenthesized();
    if (kind === 'value')
      return { operand: { kind: 'value', value: parseValuePlaceholder(this.#tokens, this.#placeholders) } };
    if (kind === 'word' && this.#tokens.peek(1).text === '(') {
      return parseFunction(this.#tokens, () => this.#term());
    }
    return { operand: { kind: 'path', path: parsePath(this.#tokens, this.#placeholders) } };
  }

  #parenthesized(): Term {
    const inner = this.#or();
    this.#tokens.expectSymbol(')');
    if (inner.isInParentheses === true) throw this.#tokens.invalid('The expression has redundant parentheses;');
    return { ...inner, isInParentheses: true };
  }

  #takeComparator(): Comparator | null {
    const { kind, text } = this.#tokens.peek();
    const found = kind === 'symbol' ? comparators.find((comparator) => comparator === text) : undefined;
    if (found !== undefined) this.#tokens.next();
    return found ?? null;
  }

  #conditionOf(term: Term): Condition {
    if ('condition' in term) return term.condition;
    throw term.function === undefined ? this.#tokens.syntaxError() : misused(this.#tokens, term.function);
  }

  #operandOf(term: Term): Operand {
    if ('operand' in term) return term.operand;
    throw term.function === undefined ? this.#tokens.syntaxError() : misused(this.#tokens, term.function);
  }
}

function isKeyword(tokens: Tokens, keyword: string): boolean {
  const { kind, text } = tokens.peek();
  return kind === 'word' && text.toUpperCase() === keyword;
}

function misused(tokens: Tokens, name: string): Error {
  return tokens.invalid(`The function is not allowed to be used this way in an expression; function: ${name}`);
}
