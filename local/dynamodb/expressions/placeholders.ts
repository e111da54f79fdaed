import type { Json, JsonObject } from '../../kernel/service.ts';
import { serializationError, validationError } from '../errors.ts';
import { type AttributeMap, type AttributeValue, attributeOf, emptyAttributeMap } from '../values/attribute-value.ts';
import { parseAttributeValue } from '../values/parse-value.ts';

/** ExpressionAttributeNames and ExpressionAttributeValues of one request, and which of them its expressions use. */
export class Placeholders {
  readonly #names: ReadonlyMap<string, string>;
  readonly #values: AttributeMap;
  readonly #unusedNames: Set<string>;
  readonly #unusedValues: Set<string>;

  /** @param expressionNames the parameters that could have held an expression, for the error when none does. */
  constructor(input: JsonObject, expressionNames: readonly string[]) {
    const names = input['ExpressionAttributeNames'] ?? null;
    const values = input['ExpressionAttributeValues'] ?? null;
    refuseWithoutExpression(input, expressionNames, names, values);
    this.#names = parseNames(names);
    this.#values = parseValues(values);
    this.#unusedNames = new Set(this.#names.keys());
    this.#unusedValues = new Set(Object.keys(this.#values));
  }

  /** `#n` → the attribute name; undefined if the request does not define it. */
  name(placeholder: string): string | undefined {
    this.#unusedNames.delete(placeholder);
    return this.#names.get(placeholder);
  }

  /** `:v` → the value; undefined if the request does not define it. */
  value(placeholder: string): AttributeValue | undefined {
    this.#unusedValues.delete(placeholder);
    return attributeOf(this.#values, placeholder);
  }

  /** @throws ValidationException if a name or value was given that no expression read. */
  refuseUnused(): void {
    refuse('ExpressionAttributeNames', this.#unusedNames);
    refuse('ExpressionAttributeValues', this.#unusedValues);
  }
}

function refuse(parameter: string, unused: ReadonlySet<string>): void {
  if (unused.size === 0) return;
  throw validationError(`Value provided in ${parameter} unused in expressions: keys: {${[...unused].join(', ')}}`);
}

function refuseWithoutExpression(
  input: JsonObject,
  expressionNames: readonly string[],
  names: Json,
  values: Json,
): void {
  if (expressionNames.some((name) => typeof input[name] === 'string')) return;
  if (names !== null) throw validationError('ExpressionAttributeNames can only be specified when using expressions');
  if (values === null) return;
  const withValues = expressionNames.filter((name) => name !== 'ProjectionExpression');
  const missing = `${withValues.join(' and ')} ${withValues.length === 1 ? 'is' : 'are'} null`;
  throw validationError(`ExpressionAttributeValues can only be specified when using expressions: ${missing}`);
}

function parseNames(json: Json): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [placeholder, name] of entriesOf('ExpressionAttributeNames', json, /^#[A-Za-z0-9_-]+$/)) {
    if (typeof name !== 'string') throw serializationError('ExpressionAttributeNames must map to strings');
    if (name === '') {
      throw validationError(
        `ExpressionAttributeNames contains invalid value: Empty attribute name for key ${placeholder}`,
      );
    }
    names.set(placeholder, name);
  }
  return names;
}

function parseValues(json: Json): AttributeMap {
  const values = emptyAttributeMap();
  for (const [placeholder, value] of entriesOf('ExpressionAttributeValues', json, /^:[A-Za-z0-9_-]+$/)) {
    try {
      values[placeholder] = parseAttributeValue(value);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ValidationException') throw error;
      throw validationError(
        `ExpressionAttributeValues contains invalid value: ${error.message} for key ${placeholder}`,
      );
    }
  }
  return values;
}

function entriesOf(parameter: string, json: Json, pattern: RegExp): readonly (readonly [string, Json])[] {
  if (json === null) return [];
  if (typeof json !== 'object' || Array.isArray(json)) throw serializationError(`${parameter} must be a map`);
  const entries = Object.entries(json as JsonObject);
  if (entries.length === 0) throw validationError(`${parameter} must not be empty`);
  for (const [placeholder] of entries) {
    if (pattern.test(placeholder)) continue;
    throw validationError(`${parameter} contains invalid key: Syntax error; key: "${placeholder}"`);
  }
  return entries;
}
