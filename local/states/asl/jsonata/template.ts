import type { Json } from '../../../kernel/service.ts';
import { queryFailure } from '../failure.ts';
import type { Scope } from '../scope.ts';
import { evaluateExpression, expressionIn } from './expression.ts';

/** A JSON value in which each text that is an expression is replaced by what it gives. `location` is the field's name. */
export async function evaluateTemplate(template: Json, scope: Scope, location: string): Promise<Json> {
  if (typeof template === 'string') return evaluateText(template, scope, location);
  if (Array.isArray(template)) {
    const items: Json[] = [];
    for (const [i, item] of template.entries()) items.push(await evaluateTemplate(item, scope, `${location}[${i}]`));
    return items;
  }
  if (typeof template !== 'object' || template === null) return template;
  const result: Record<string, Json> = {};
  for (const [key, item] of Object.entries(template)) {
    result[key] = await evaluateTemplate(item, scope, `${location}/${key}`);
  }
  return result;
}

async function evaluateText(text: string, scope: Scope, location: string): Promise<Json> {
  const source = expressionIn(text);
  return source === null ? text : evaluateExpression(source, scope, location);
}

/** A field that must be of one type: a literal, or an expression that gives it. */
export async function evaluateTyped(
  template: Json,
  expected: 'array' | 'boolean' | 'number' | 'string',
  scope: Scope,
  location: string,
): Promise<Json> {
  const value = await evaluateTemplate(template, scope, location);
  const actual = typeName(value);
  if (actual === expected) return value;
  const source = typeof template === 'string' ? (expressionIn(template) ?? template) : JSON.stringify(template);
  throw queryFailure(
    `The JSONata expression '${source}' specified for the field '${location}' returned an unexpected result type. Expected '${expected}', but was '${actual}' for value: ${JSON.stringify(value)}`,
    location,
  );
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
