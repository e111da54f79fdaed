import { describe, expect, test } from 'vitest';
import type { Example, FieldSpec, LearnedSpec } from './contract.ts';
import { seeded } from './random.ts';
import { load, serialise } from './serialise.ts';
import { train } from './train.ts';

const modelOf = (examples: readonly Example[], field: Partial<FieldSpec>, spec: Partial<LearnedSpec> = {}) => {
  const artefact = train(examples, { fields: [{ name: 'amount', kind: 'number', ...field }], target: 0.9, ...spec });
  return { artefact, model: load(serialise(artefact)) };
};
const random = seeded(5);
const any = (below: number) => Math.floor(random() * below);

describe('a number that stands in the case', () => {
  const examples = Array.from({ length: 150 }, (_, i): Example => {
    const [net, gross] = [1 + any(9_000), 10_000 + any(9_000)];
    const kind = i % 2 === 0 ? 'company' : 'person';
    return { id: `${i}`, input: { kind, net, gross }, expected: { amount: kind === 'company' ? net : gross } };
  });

  test('is copied from where the kind of case says', () => {
    const { artefact, model } = modelOf(examples, {}, { features: { net: 'ignore', gross: 'ignore' } });
    expect(artefact.fields[0]?.decision.by).toBe('copy');
    expect(model.score({ kind: 'company', net: 77, gross: 123 }).fields['amount']).toMatchObject({
      value: 77,
      passes: true,
    });
    expect(model.score({ kind: 'person', net: 77, gross: 123 }).fields['amount']?.value).toBe(123);
  });

  test('is not given where that place is empty', () => {
    const { model } = modelOf(examples, {}, { features: { net: 'ignore', gross: 'ignore' } });
    expect(model.score({ kind: 'company', gross: 123 }).fields['amount']).toMatchObject({ value: null, passes: false });
  });
});

test('one of few numbers is learned as a label, right within its tolerance', () => {
  const examples = Array.from({ length: 200 }, (_, i): Example => {
    const size = ['small', 'medium', 'large'][i % 3] as string;
    return { id: `${i}`, input: { size }, expected: { amount: (i % 3) * 3 + any(2) } };
  });
  const { artefact, model } = modelOf(examples, { tolerance: 1 });
  expect(artefact.fields[0]?.decision.by).toBe('class');
  expect(artefact.card.fields[0]?.accuracy).toBe(1);
  expect([6, 7]).toContain(model.score({ size: 'large' }).fields['amount']?.value);
});

test('a number that history repeats is its median, and grows with confirmed cases', () => {
  const examples = Array.from({ length: 400 }, (_, i): Example => {
    const vendor = `vendor ${i % 10}`;
    return { id: `${i}`, input: { vendor }, expected: { amount: 100 * (i % 10) + any(1_000) / 100 } };
  });
  const { artefact, model } = modelOf(examples, { tolerance: 10 }, { history: { keys: [['vendor']] } });
  expect(artefact.fields[0]?.decision.by).toBe('history');
  const amount = model.score({ vendor: 'vendor 3' }).fields['amount'];
  expect(amount?.passes).toBe(true);
  expect(Math.abs(Number(amount?.value) - 305)).toBeLessThan(10);
  for (let i = 0; i < 3; i++) model.remember({ vendor: 'vendor new' }, { amount: 42 });
  expect(model.score({ vendor: 'vendor new' }).fields['amount']?.value).toBe(42);
});

test('a number that nothing tells is left alone, in words', () => {
  const examples = Array.from(
    { length: 120 },
    (_, i): Example => ({ id: `${i}`, input: { i: 'x' }, expected: { amount: random() } }),
  );
  const { artefact, model } = modelOf(examples, {});
  expect(model.score({ i: 'x' })).toMatchObject({
    decides: false,
    fields: { amount: { value: null, passes: false, threshold: null } },
  });
  expect(artefact.card.fields[0]?.accuracy).toBe(0);
});
