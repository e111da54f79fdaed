import jsonata from 'jsonata';
import type { Json } from '../../../kernel/service.ts';
import { queryFailure } from '../failure.ts';
import type { Scope } from '../scope.ts';
import { stepFunctionsBindings } from './functions.ts';

const EXPRESSION = /^\{%([\s\S]*)%\}$/;

/** The expression in a text that is `{% ... %}` from end to end; null for any other text. */
export function expressionIn(text: string): string | null {
  return EXPRESSION.exec(text)?.[1]?.trim() ?? null;
}

/** Null where the expression can be compiled, else what is wrong with it. */
export function expressionFault(source: string): string | null {
  try {
    compile(source);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * Evaluates one expression. Fails with States.QueryEvaluationError when it throws, gives nothing, or gives what JSON
 * cannot hold.
 */
export async function evaluateExpression(source: string, scope: Scope, location: string): Promise<Json> {
  const value = plainJson(await run(source, scope, location));
  if (value === undefined) {
    throw queryFailure(
      `The JSONata expression '${source}' specified for the field '${location}' returned nothing (undefined).`,
      location,
    );
  }
  return value;
}

async function run(source: string, scope: Scope, location: string): Promise<unknown> {
  try {
    return await compile(source).evaluate(undefined, bindingsOf(scope));
  } catch (error) {
    throw queryFailure(
      `The JSONata expression '${source}' specified for the field '${location}' threw an error during evaluation. ${messageOf(error)}`,
      location,
    );
  }
}

function bindingsOf(scope: Scope): Record<string, unknown> {
  const states: Record<string, unknown> = { input: scope.input, context: scope.context };
  if (scope.result !== undefined) states['result'] = scope.result;
  if (scope.errorOutput !== undefined) states['errorOutput'] = scope.errorOutput;
  return {
    ...stepFunctionsBindings(scope.nowMs, scope.random),
    now: (picture?: string, timezone?: string) => formattedNow(scope.nowMs, picture, timezone),
    ...scope.variables,
    states,
  };
}

function formattedNow(nowMs: number, picture?: string, timezone?: string): Promise<unknown> {
  return compile('$fromMillis($ms, $picture, $timezone)').evaluate(undefined, { ms: nowMs, picture, timezone });
}

/** An expression that would never end fails instead: after so many milliseconds, or so many calls inside one another. */
const GUARDS = { timeout: 10_000, stack: 5000 };

const MOST_COMPILED = 2000;
const compiled = new Map<string, jsonata.Expression>();

function compile(source: string): jsonata.Expression {
  let expression = compiled.get(source);
  if (expression === undefined) {
    expression = jsonata(source, GUARDS);
    if (compiled.size >= MOST_COMPILED) compiled.clear();
    compiled.set(source, expression);
  }
  return expression;
}

/** A copy that is JSON and nothing else: JSONata marks its arrays and may give functions. Undefined where it gave nothing. */
function plainJson(value: unknown): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) return value.map((item) => plainJson(item) ?? null);
  if (typeof value !== 'object' || '_jsonata_function' in value || '_jsonata_lambda' in value) return undefined;
  const copy: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) {
    const plain = plainJson(item);
    if (plain !== undefined) copy[key] = plain;
  }
  return copy;
}

/** JSONata throws plain objects with a code and a message. */
function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? `${code}: ${String(message)}` : String(message);
}
