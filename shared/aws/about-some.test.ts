import { expect, it } from 'vitest';
import { aboutSome } from './about-some.ts';

const CASE = 'ab'.repeat(16);
const item = (body: unknown) => ({
  pk: { S: 'evaluation#1' },
  sk: { S: 'result#1' },
  body: { S: JSON.stringify(body) },
});
const isOf = (name: string, body: unknown): boolean => aboutSome({ caseId: null, names: [name] })(item(body));

it('an item is about whoever it names, also where JSON spells it otherwise', () => {
  expect(isOf('ada@desk.example', { text: 'Hello,\nada@desk.example' })).toBe(true);
  expect(isOf('ada@desk.example', [{ email: 'Ada@Desk.example' }])).toBe(true);
  expect(isOf('ada@desk.example', 'ada@desk.example')).toBe(true);
});

it('and not about whoever has a shorter name, nor for a word that stands in all of them', () => {
  expect(isOf('ada@desk.example', { email: 'joada@desk.example' })).toBe(false);
  for (const word of ['result', 'evaluation', 'example', 'the', 'body'])
    expect(isOf(word, { email: 'joada@desk.example', body: `the ${word}` })).toBe(false);
});

it('is about a case wherever the id of that stands', () => {
  expect(aboutSome({ caseId: CASE, names: [] })({ sk: { S: `example#1#${CASE}` } })).toBe(true);
  expect(aboutSome({ caseId: CASE, names: [] })(item({ text: 'none' }))).toBe(false);
});
