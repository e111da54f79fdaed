import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { workflows } from '../../agents/index.ts';
import { markedFields } from './marked-fields.ts';

const marked = z.string().meta({ personal: true });
const paths = (schema: z.ZodType): string[] => markedFields(schema, 'personal').map(({ path }) => path.join('.'));

describe('marked fields', () => {
  it.each<[string, z.ZodType]>([
    ['may be left out', z.optional(marked)],
    ['may be left out, but not be undefined', z.exactOptional(marked)],
    ['may be null', z.nullable(marked)],
    ['has a value of its own where none is given', marked.default('none')],
    ['is fixed', marked.readonly()],
    ['is caught', marked.catch('none')],
    ['is checked further', marked.refine((text) => text !== '')],
    ['is marked before it is made into something', marked.transform((text) => text.length)],
    ['is trimmed before it is looked at', z.preprocess((text) => text, marked)],
    ['is piped on', marked.pipe(z.string().max(9))],
    ['is defined later', z.lazy(() => marked)],
    ['is one of several', z.union([z.number(), marked])],
    ['stands in a list', z.array(marked)],
    ['has a name beside its mark', marked.meta({ title: 'Name' })],
  ])('are found where the field %s', (_how, field) => {
    expect(paths(z.object({ field, other: z.string() }))).toEqual(['field']);
  });

  it('are found in objects, lists of objects, choices of objects and objects of two parts', () => {
    const person = z.object({ name: marked, age: z.number() });
    const schema = z.object({
      one: person,
      many: z.array(person).optional(),
      either: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a') }),
        z.object({ kind: z.literal('b'), mail: marked }),
      ]),
      both: z.intersection(person, z.object({ phone: marked })),
    });
    expect(paths(schema)).toEqual(['one.name', 'many.name', 'either.mail', 'both.name', 'both.phone']);
  });

  it('are no further looked into: a marked object is one field', () => {
    expect(paths(z.object({ address: z.object({ street: marked }).meta({ personal: true }) }))).toEqual(['address']);
  });

  it('say what they are marked as, and nothing where it is taken back', () => {
    const schema = z.object({
      a: z.string().meta({ personal: 'leave-out' }),
      b: marked.optional().meta({ personal: false }),
    });
    expect(markedFields(schema, 'personal')).toEqual([{ path: ['a'], mark: 'leave-out' }]);
  });

  it('are found in what holds itself, as deep as it comes to stand in itself', () => {
    interface Node {
      readonly name: string;
      readonly below: readonly Node[];
    }
    const node: z.ZodType<Node> = z.object({ name: marked, below: z.array(z.lazy(() => node)) });
    expect(paths(z.object({ node }))).toEqual(['node.name', 'node.below.name']);
  });

  it('are those that the JSON Schema of each workflow’s input says, in its order', () => {
    for (const { input } of workflows) {
      for (const name of ['personal', 'identifies']) {
        expect(markedFields(input, name)).toEqual(
          inJsonSchema(z.toJSONSchema(input, { unrepresentable: 'any', io: 'input' }), name),
        );
      }
    }
  });
});

type Schema = { readonly [key: string]: unknown };

/** The same by another way: through what Zod writes as JSON Schema. */
function inJsonSchema(schema: Schema, name: string, path: readonly string[] = []): object[] {
  const { [name]: mark, properties = {}, items, anyOf, allOf, oneOf } = schema;
  if (mark !== undefined && mark !== false && path.length > 0) return [{ path, mark }];
  const members = Object.entries(properties as Record<string, Schema>);
  const others = [items, anyOf, allOf, oneOf].flat().filter((one) => one !== undefined) as Schema[];
  return [
    ...members.flatMap(([own, member]) => inJsonSchema(member, name, [...path, own])),
    ...others.flatMap((one) => inJsonSchema(one, name, path)),
  ];
}
