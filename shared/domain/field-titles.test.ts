import { expect, test } from 'vitest';
import * as z from 'zod';
import { titlesIn } from './field-titles.ts';

const named = z.string().meta({ title: 'Name' });

test.each([
  ['an object', z.object({ name: named, age: z.int() })],
  ['an object with a rule over it', z.object({ name: named }).refine(() => true)],
  ['what is optional', z.object({ name: named.optional(), other: z.string().optional().meta({ title: 'Other' }) })],
  ['what has a default', z.object({ name: named.default('a'), early: named.prefault('a'), caught: named.catch('a') })],
  ['what is read only', z.object({ name: named.readonly() }).readonly()],
  ['what may be null, and is named inside', z.object({ name: named.nullable() })],
  ['what may be null, and is named as a whole', z.object({ name: z.string().nullable().meta({ title: 'Name' }) })],
  ['what is piped', z.object({ name: z.string().pipe(named) })],
  ['an empty title', z.object({ name: z.string().meta({ title: '' }) })],
  ['a title given anew', z.object({ name: named.max(3).meta({ title: 'Short name' }) })],
  ['a title before a further rule', z.object({ name: named.max(3) })],
  ['a map', z.record(z.string(), named)],
  ['one of several objects', z.union([z.object({ name: named }), z.object({ other: named })])],
])('names fields as JSON Schema does: %s', (_what, schema) => {
  expect(titlesIn(schema)).toEqual(titlesByJsonSchema(schema));
});

test('names fields of an object in an object by their path, also where it may be missing or null', () => {
  const figures = z.object({ of: z.int().meta({ title: 'Of' }), own: z.int() });
  const schema = z.object({
    agreement: figures.meta({ title: 'Agreement' }),
    measured: figures.nullable().default(null),
  });
  expect(titlesIn(schema)).toEqual({ agreement: 'Agreement', 'agreement.of': 'Of', 'measured.of': 'Of' });
});

function titlesByJsonSchema(schema: z.ZodType): Record<string, string> {
  const { properties = {} } = z.toJSONSchema(schema, { unrepresentable: 'any' });
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) =>
      typeof property === 'object' && property.title ? [[name, property.title]] : [],
    ),
  );
}
