import { describe, expect, it } from 'vitest';
import { reasonWords } from './reason-words.ts';

const names = {
  labels: { card: 'Card', merchant: 'Merchant', breaksPolicy: 'Against the spending rules', email: 'E-mail' },
  sources: { 'professional-profile': 'Professional profile' },
};

describe('a reason', () => {
  it.each([
    [
      'against: professional-profile.seniority: missing',
      'Professional profile, seniority: not known (speaks against it)',
    ],
    ['signals.billingNamed: true', 'Billing named: yes'],
    ['input.card: card-2044', 'Card: card-2044'],
    ['same card and signals.merchant: 14 of 15 times', 'same card and merchant: 14 of 15 times'],
    ['breaksPolicy: too few examples to decide alone', 'Against the spending rules: too few examples to decide alone'],
    ['like past case lead-0107 (33 %)', '33 % like the example lead-0107'],
    [
      'The trigger does not fit: email: a lead has a valid e-mail address',
      'What came in does not fit: E-mail: a lead has a valid e-mail address',
    ],
  ])('is read as people call it: %s', (reason, words) => expect(reasonWords(reason, names)).toBe(words));

  it.each([
    'Title: Head of Operations',
    'unknown-source.field: 3',
    'She wants a demo: soon.',
    'mailto:someone',
    'two\nlines: of text',
  ])('that names no field of ours stays to the letter: %j', (reason) =>
    expect(reasonWords(reason, names)).toBe(reason),
  );
});
