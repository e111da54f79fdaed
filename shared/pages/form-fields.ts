import type { Json } from '../contracts/index.ts';
import { type Labels, labelOf } from './field-labels.ts';
import { isObject, type JsonSchema, own, resolved } from './json-schema.ts';

/** One place in an answer form; `name` is unique in the form and is a JSON pointer behind `edit`. */
export type FormField = {
  readonly name: string;
  readonly key: string;
  readonly label: string;
  readonly hint: string;
  readonly isRequired: boolean;
  readonly isNullable: boolean;
  readonly shape: FieldShape;
};

export type FieldShape =
  | TextShape
  | NumberShape
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly options: readonly Json[] }
  | { readonly kind: 'group'; readonly fields: readonly FormField[] }
  | { readonly kind: 'list'; readonly item: TextShape | NumberShape | { kind: 'choice'; options: readonly Json[] } }
  | MoneyShape
  | { readonly kind: 'json' };

export type TextShape = {
  readonly kind: 'text';
  readonly format: string;
  readonly minLength: number;
  readonly maxLength: number;
  readonly pattern: string | null;
};

/** An amount with its currency, which may be any where `currencies` is null. */
export type MoneyShape = {
  readonly kind: 'money';
  readonly minor: NumberShape;
  readonly currencies: readonly Json[] | null;
};

export type NumberShape = {
  readonly kind: 'number';
  readonly isInteger: boolean;
  readonly minimum: number;
  readonly maximum: number;
};

/** The fields of an object schema, in its order. A schema that is no object gives none. */
export function formFields(schema: JsonSchema, labels: Labels): FormField[] {
  return fieldsOf(resolved(schema, schema).schema, { root: schema, labels, name: 'edit', path: [] });
}

type Place = {
  readonly root: JsonSchema;
  readonly labels: Labels;
  readonly name: string;
  readonly path: readonly string[];
};

function fieldsOf(schema: JsonSchema, place: Place): FormField[] {
  const properties = own(schema, 'properties');
  const required = own(schema, 'required');
  const names = new Set(Array.isArray(required) ? required : []);
  return Object.entries(isObject(properties) ? properties : {}).map(([key, property]) =>
    fieldOf(key, property, names.has(key), place),
  );
}

function fieldOf(key: string, property: Json, isRequired: boolean, parent: Place): FormField {
  const { schema, isNullable } = resolved(property, parent.root);
  const path = [...parent.path, key];
  const place = { ...parent, path, name: `${parent.name}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` };
  return {
    name: place.name,
    key,
    label: text(schema, 'title') || labelOf(path, parent.labels),
    hint: text(schema, 'description'),
    isRequired,
    isNullable,
    shape: shapeOf(schema, place),
  };
}

function shapeOf(schema: JsonSchema, place: Place): FieldShape {
  const fixed = Object.hasOwn(schema, 'const') ? [schema['const'] ?? null] : schema['enum'];
  if (Array.isArray(fixed)) return choiceOf(fixed);
  switch (schema['type']) {
    case 'string':
      return textShape(schema);
    case 'number':
    case 'integer':
      return numberShape(schema);
    case 'boolean':
      return { kind: 'boolean' };
    case 'array':
      return listOf(schema, place);
    case 'object':
      return groupOf(schema, place);
    default:
      return { kind: 'json' };
  }
}

function textShape(schema: JsonSchema): TextShape {
  return {
    kind: 'text',
    format: text(schema, 'format'),
    minLength: number(schema, 'minLength', 0),
    maxLength: number(schema, 'maxLength', Number.POSITIVE_INFINITY),
    pattern: text(schema, 'pattern') || null,
  };
}

function numberShape(schema: JsonSchema): NumberShape {
  return {
    kind: 'number',
    isInteger: schema['type'] === 'integer',
    minimum: number(schema, 'minimum', Number.NEGATIVE_INFINITY),
    maximum: number(schema, 'maximum', Number.POSITIVE_INFINITY),
  };
}

/** Options that no form value tells apart (two of one spelling, nested values) are edited as JSON text. */
function choiceOf(options: readonly Json[]): FieldShape {
  const spelled = new Set(options.map((option) => optionText(option)));
  const isPlain =
    options.every((option) => typeof option !== 'object' && option !== '') && spelled.size === options.length;
  return isPlain && options.length > 0 ? { kind: 'choice', options } : { kind: 'json' };
}

/** What a choice sends for an option. */
export function optionText(option: Json): string {
  return typeof option === 'string' ? option.replace(/\r\n?/g, '\n') : JSON.stringify(option);
}

function listOf(schema: JsonSchema, place: Place): FieldShape {
  const items = resolved(schema['items'], place.root);
  const item = items.isNullable ? null : shapeOf(items.schema, { ...place, path: [], name: '' });
  if (item?.kind === 'text' || item?.kind === 'number' || item?.kind === 'choice') return { kind: 'list', item };
  return { kind: 'json' };
}

/** Objects with free keys, and objects nested too deep to be read as a form, are edited as JSON text. */
function groupOf(schema: JsonSchema, place: Place): FieldShape {
  const isFree = isObject(schema['additionalProperties']) || !isObject(schema['properties']);
  if (isFree || place.path.length > 6) return { kind: 'json' };
  return moneyOf(schema, place) ?? { kind: 'group', fields: fieldsOf(schema, place) };
}

/** An object of `minor` and `currency` and nothing else is one amount: nobody is to think in cents. */
function moneyOf(schema: JsonSchema, { root }: Place): FieldShape | null {
  const properties = own(schema, 'properties');
  const minor = resolved(own(properties, 'minor'), root).schema;
  const currency = resolved(own(properties, 'currency'), root).schema;
  const isMoney = isObject(properties) && Object.keys(properties).length === 2;
  if (!isMoney || minor['type'] !== 'integer' || currency['type'] !== 'string') return null;
  const only = currency['enum'];
  return { kind: 'money', minor: numberShape(minor), currencies: Array.isArray(only) ? only : null };
}

function text(schema: JsonSchema, key: string): string {
  const value = own(schema, key);
  return typeof value === 'string' ? value : '';
}

function number(schema: JsonSchema, key: string, otherwise: number): number {
  const value = own(schema, key);
  return typeof value === 'number' ? value : otherwise;
}
