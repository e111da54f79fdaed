import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttributeMap, AttributeValue } from '../values/attribute-value.ts';
import { applyUpdate } from './apply-update.ts';
import { parseUpdate } from './parse-update.ts';
import { Placeholders } from './placeholders.ts';

const item: AttributeMap = {
  n: { N: '5' },
  marks: { L: [{ N: '0' }, { N: '1' }, { N: '2' }, { N: '3' }] },
  scores: { M: { a: { N: '1' }, b: { N: '2' }, c: { N: '3' } } },
  tags: { SS: ['a', 'b', 'c'] },
};

/** One action on a place of its own; `model` does to plain JSON what the action does to the item. */
interface Step {
  readonly section: 'SET' | 'REMOVE' | 'ADD' | 'DELETE';
  readonly place: string;
  readonly text: string;
  readonly model: (plain: Plain, before: Plain) => void;
}

interface Plain {
  n?: number;
  marks: (number | undefined)[];
  scores: Record<string, number>;
  tags: Set<string>;
  fresh?: number;
}

const listIndex = fc.nat({ max: 3 });
const mapName = fc.constantFrom('a', 'b', 'c', 'd');
const members = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });

const step: fc.Arbitrary<Step> = fc.oneof(
  listIndex.map(
    (at) =>
      ({
        section: 'SET',
        place: `marks[${at}]`,
        text: `marks[${at}] = n`,
        model: (plain, before) => {
          plain.marks[at] = before.n ?? 0;
        },
      }) satisfies Step,
  ),
  listIndex.map(
    (at) =>
      ({
        section: 'REMOVE',
        place: `marks[${at}]`,
        text: `marks[${at}]`,
        model: (plain) => {
          plain.marks[at] = undefined;
        },
      }) satisfies Step,
  ),
  mapName.map(
    (name) =>
      ({
        section: 'SET',
        place: `scores.${name}`,
        text: `scores.${name} = if_not_exists(scores.${name}, n) + n`,
        model: (plain, before) => {
          plain.scores[name] = (before.scores[name] ?? 5) + 5;
        },
      }) satisfies Step,
  ),
  mapName.map(
    (name) =>
      ({
        section: 'REMOVE',
        place: `scores.${name}`,
        text: `scores.${name}`,
        model: (plain) => {
          delete plain.scores[name];
        },
      }) satisfies Step,
  ),
  mapName.map(
    (name) =>
      ({
        section: 'ADD',
        place: `scores.${name}`,
        text: `scores.${name} :seven`,
        model: (plain, before) => {
          plain.scores[name] = (before.scores[name] ?? 0) + 7;
        },
      }) satisfies Step,
  ),
  fc.constant({
    section: 'SET',
    place: 'fresh',
    text: 'fresh = n - marks[3]',
    model: (plain, before) => {
      plain.fresh = (before.n ?? 0) - (before.marks[3] ?? 0);
    },
  } satisfies Step),
  fc.constant({
    section: 'REMOVE',
    place: 'n',
    text: 'n',
    model: (plain) => {
      delete plain.n;
    },
  } satisfies Step),
  members.map(
    (names) =>
      ({
        section: 'ADD',
        place: 'tags',
        text: `tags :${names.join('')}`,
        model: (plain) => {
          for (const name of names) plain.tags.add(name);
        },
      }) satisfies Step,
  ),
  members.map(
    (names) =>
      ({
        section: 'DELETE',
        place: 'tags',
        text: `tags :${names.join('')}`,
        model: (plain) => {
          for (const name of names) plain.tags.delete(name);
        },
      }) satisfies Step,
  ),
);

test('does to an item what a naive model does to plain data', () => {
  fc.assert(
    fc.property(fc.uniqueArray(step, { minLength: 1, maxLength: 8, selector: ({ place }) => place }), (steps) => {
      const text = expressionOf(steps);
      const update = parseUpdate(text, new Placeholders(requestFor(text), ['UpdateExpression']));
      const expected = plainItem();
      for (const { model } of steps) model(expected, plainItem());
      expect(plainOf(applyUpdate(update, item))).toEqual({
        ...expected,
        marks: expected.marks.filter((entry) => entry !== undefined),
      });
    }),
    { numRuns: 1000 },
  );
});

test('leaves the item alone', () => {
  const copy = structuredClone(item);
  const text = 'SET marks[0] = n, scores.a = n REMOVE marks[1], scores.b ADD tags :ad DELETE nothing :b';
  applyUpdate(parseUpdate(text, new Placeholders(requestFor(text), ['UpdateExpression'])), item);
  expect(item).toEqual(copy);
});

function expressionOf(steps: readonly Step[]): string {
  return (['SET', 'REMOVE', 'ADD', 'DELETE'] as const)
    .map((section) => ({ section, texts: steps.filter((one) => one.section === section).map(({ text }) => text) }))
    .filter(({ texts }) => texts.length > 0)
    .map(({ section, texts }) => `${section} ${texts.join(', ')}`)
    .join(' ');
}

function requestFor(text: string) {
  const names = text.match(/:\w+/g) ?? [];
  const values = names.map((name): [string, { readonly [type: string]: string | readonly string[] }] => [
    name,
    name === ':seven' ? { N: '7' } : { SS: name.slice(1).split('') },
  ]);
  return {
    UpdateExpression: text,
    ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) }),
  };
}

function plainItem(): Plain {
  return { n: 5, marks: [0, 1, 2, 3], scores: { a: 1, b: 2, c: 3 }, tags: new Set(['a', 'b', 'c']) };
}

function plainOf(attributes: AttributeMap): Plain {
  const numberOf = (value: AttributeValue | undefined) =>
    value !== undefined && 'N' in value ? Number(value.N) : Number.NaN;
  const { n, marks, scores, tags, fresh } = attributes;
  return {
    ...(n && { n: numberOf(n) }),
    ...(fresh && { fresh: numberOf(fresh) }),
    marks: marks !== undefined && 'L' in marks ? marks.L.map(numberOf) : [],
    scores:
      scores !== undefined && 'M' in scores
        ? Object.fromEntries(Object.entries(scores.M).map(([name, value]) => [name, numberOf(value)]))
        : {},
    tags: new Set(tags !== undefined && 'SS' in tags ? tags.SS : []),
  };
}
