import { beforeAll, describe, expect, test } from 'vitest';
import type { Artefact } from './artefact.ts';
import { calibrationError } from './calibration-error.ts';
import type { Example, LearnedModel, LearnedSpec } from './contract.ts';
import { openModel } from './model.ts';
import { load, serialise } from './serialise.ts';
import { madeUpCases } from './testing/made-up-cases.ts';
import { train } from './train.ts';

const SPEC: LearnedSpec = {
  fields: [
    { name: 'queue', kind: 'class' },
    { name: 'urgent', kind: 'class' },
    { name: 'approver', kind: 'class' },
  ],
  features: { 'input.amount': { cuts: [1_000] } },
  target: 0.9,
};
const EXAMPLES = madeUpCases(300, 1, 0.2);
const UNSEEN = madeUpCases(300, 2, 0.2);

let artefact: Artefact;
let model: LearnedModel;
beforeAll(() => {
  artefact = train(EXAMPLES, SPEC);
  model = load(serialise(artefact));
});

describe('what must hold', () => {
  test('the same examples give the same bytes, in any order', () => {
    expect(serialise(train([...EXAMPLES].reverse(), SPEC))).toEqual(serialise(artefact));
  });

  test('the saved model answers as the live one on every row', () => {
    const live = openModel(artefact);
    for (const { input } of [...EXAMPLES, ...UNSEEN]) expect(model.score(input)).toEqual(live.score(input));
  });

  test.each([
    ['nothing', {}],
    ['empty values', { input: { message: '', amount: null }, sources: {} }],
    ['words that nobody used', { input: { message: 'xqzzv blorp fnord', amount: 12, country: 'DE' } }],
    ['another kind of case', { order: { lines: [1, 2, 3], note: 'urgent invoice' } }],
    ['no object at all', 'invoice'],
  ])('does not decide on %s', (_name, input) => {
    const scored = model.score(input);
    expect(scored.decides).toBe(false);
    expect(scored.unknown.length).toBeGreaterThan(0);
  });

  test('a label without examples is never given', () => {
    for (const { input } of UNSEEN) {
      const { value, top } = model.score(input).fields['queue'] ?? {};
      expect(['access', 'billing', 'hardware']).toContain(value);
      expect(top?.every((one) => ['access', 'billing', 'hardware'].includes(String(one.value)))).toBe(true);
    }
  });
});

describe('a model of 300 examples', () => {
  const scoreUnseen = () => UNSEEN.map(({ input, expected }) => ({ expected, scored: model.score(input) }));

  test('decides most cases alone and is as right as it was asked to be', () => {
    const decided = scoreUnseen().filter(({ scored }) => scored.decides);
    const right = decided.filter(({ scored, expected }) =>
      Object.entries(scored.fields).every(([name, { value }]) => value === expected[name]),
    );
    expect(decided.length).toBeGreaterThan(150);
    expect(right.length / decided.length).toBeGreaterThan(0.9);
  });

  test('states confidence that holds on unseen cases', () => {
    const rows = scoreUnseen().map(({ scored, expected }) => ({
      confidence: scored.confidence,
      isRight: Object.entries(scored.fields).every(([name, { value }]) => value === expected[name]),
    }));
    expect(calibrationError(rows)).toBeLessThan(0.08);
  });

  test('finds the rare yes', () => {
    const rows = scoreUnseen().filter(({ expected }) => expected['urgent'] === true);
    const found = rows.filter(({ scored }) => scored.fields['urgent']?.value === true);
    expect(found.length / rows.length).toBeGreaterThan(0.9);
  });

  test('says in words what spoke for and against', () => {
    const { because } =
      model.score({ input: { message: 'invoice refund payment no rush', amount: 5, country: 'DE' } }).fields['queue'] ??
      {};
    expect(because?.map(({ feature }) => feature)).toContain('message: refund');
    const amount = model.score({ input: { message: 'laptop', amount: 1_500, country: 'DE' } }).fields['approver'];
    expect(amount?.value).toBe('lead');
    expect(amount?.because[0]?.feature).toBe('amount: 1000 or more');
  });

  test('shows the nearest past cases, at most two of a label', () => {
    const { nearest } = model.score({ input: { message: 'invoice refund payment receipt', amount: 5, country: 'DE' } });
    expect(nearest[0]?.expected['queue']).toBe('billing');
    const labels = nearest.map(({ expected }) => expected['queue']);
    expect(labels.filter((label) => label === 'billing')).toHaveLength(2);
    expect(nearest.map(({ similarity }) => similarity)).toEqual(
      nearest.map(({ similarity }) => similarity).sort((a, b) => b - a),
    );
  });

  test('finds a case again as its own nearest', () => {
    const known = EXAMPLES[7] as Example;
    const [first] = model.score(known.input).nearest;
    expect(first?.id).toBe(known.id);
    expect(first?.similarity).toBeGreaterThan(0.98);
  });
});

describe('a few awkward fields', () => {
  const teach = (expected: (i: number) => Example['expected'], spec: Partial<LearnedSpec> = {}, count = 120) =>
    train(
      madeUpCases(count).map((example, i) => ({ ...example, expected: expected(i) })),
      { fields: [{ name: 'answer', kind: 'class' }], target: 0.9, ...spec },
    );
  const input = (madeUpCases(1)[0] as Example).input;

  test('one that is always the same is given, decided once it was seen often enough', () => {
    const [few, many] = [teach(() => ({ answer: 'yes' }), {}, 30), teach(() => ({ answer: 'yes' }), {}, 60)];
    expect(openModel(few).score(input).fields['answer']).toMatchObject({
      value: 'yes',
      passes: false,
      threshold: null,
    });
    expect(openModel(many).score(input).fields['answer']).toMatchObject({ value: 'yes', passes: true });
  });

  test('a label with fewer than five examples is named and never passes', () => {
    const artefactWithRare = teach((i) => ({ answer: i < 4 ? 'rare' : i % 2 === 0 ? 'a' : 'b' }));
    expect(artefactWithRare.card.fields[0]?.rareLabels).toEqual(['rare']);
    const scores = madeUpCases(120).map((example) => openModel(artefactWithRare).score(example.input).fields['answer']);
    expect(scores.filter((field) => field?.value === 'rare' && field.passes)).toEqual([]);
  });

  test('one that does not follow from the case suggests only, and says what is missing', () => {
    const random = teach((i) => ({ answer: (i * 7919) % 3 }));
    expect(random.card.fields[0]).toMatchObject({ threshold: null });
    expect(openModel(random).score(input)).toMatchObject({
      decides: false,
      fields: { answer: { passes: false, threshold: null } },
    });
  });

  test('one that only some examples carry learns from those', () => {
    const some = teach((i): Example['expected'] => (i % 2 === 0 ? { answer: 'yes' } : {}));
    expect(some.card.fields[0]?.examples).toBe(60);
  });
});

test('out-of-scope cases are a class of their own that is never decided', () => {
  const inside = madeUpCases(400);
  const outside = madeUpCases(60, 9).map(({ id }, i): Example => {
    const message = `tell me a joke about the weather in ${['spring', 'summer', 'autumn', 'winter'][i % 4]} story ${i % 9}`;
    return { id: `outside ${id}`, input: { input: { message } }, expected: { queue: null } };
  });
  const spec: LearnedSpec = { fields: [{ name: 'queue', kind: 'class' }], target: 0.9, outOfScopeShare: 0.2 };
  const scored = openModel(train([...inside, ...outside], spec)).score({
    input: { message: 'a joke about the weather, a story' },
  });
  expect(scored.fields['queue']?.value).toBeNull();
  expect(scored.decides).toBe(false);
});

test('an unseen key is not decided where the workflow names it', () => {
  const spec = { ...SPEC, keys: ['sources.desk.vendor'] };
  const strict = openModel(train(EXAMPLES, spec));
  const { message } = { message: 'invoice refund payment receipt please help no rush' };
  const caseOf = (vendor: string) => ({ input: { message, amount: 5, country: 'DE' }, sources: { desk: { vendor } } });
  expect(strict.score(caseOf('vendor 3')).unknown).toEqual([]);
  expect(strict.score(caseOf('vendor 99'))).toMatchObject({
    decides: false,
    unknown: ['desk.vendor "vendor 99" has not been seen before'],
  });
});

test('refuses to learn from nothing', () => {
  expect(() => train([], SPEC)).toThrow('no example');
  expect(() => train(EXAMPLES, { ...SPEC, fields: [] })).toThrow('no field');
});
