import { describe, expect, it } from 'vitest';
import { linesWith } from './committed-examples.ts';
import { erasureLines, totalsOf } from './erasure-lines.ts';

const CASE = {
  caseId: 'c1',
  workflow: 'desk',
  waits: true,
  counts: { ledger: 12, actions: 1 },
  outside: [{ action: 'send-mail', effect: 'contact' }],
};

describe('what is printed of a person who is to be erased', () => {
  const lines = erasureLines(
    [CASE, { ...CASE, caseId: 'c2', waits: false, outside: [] }],
    [
      { file: 'agents/desk/examples.jsonl', lines: [3, 7] },
      { file: 'agents/shop/examples.jsonl', lines: [] },
    ],
  );

  it('says per case and place how much there is, and what waits', () => {
    expect(lines.slice(0, 4)).toEqual([
      '2 cases are about this person:',
      '  c1  desk, waits for people: ledger 12, actions 1',
      '  c2  desk: ledger 12, actions 1',
      'In all: ledger 24, actions 2.',
    ]);
  });

  it('names what was sent or written elsewhere, and what committed examples hold', () => {
    expect(lines).toContain('  c1  send-mail (contact)');
    expect(lines.find((line) => line.includes('desk/examples'))).toContain('lines 3, 7 hold this person');
    expect(lines.find((line) => line.includes('shop/examples'))).toContain('none of its examples holds this person');
  });

  it('says so where there is nothing', () => {
    expect(totalsOf([])).toBe('nothing');
  });
});

it('finds lines of examples by what somebody is called, in any case of the letters', () => {
  const text = '{"name":"Ben"}\n{"name":"ADA \\"Q\\" Lin"}\n';
  expect(linesWith(text, ['Ada "Q" Lin', 'nobody'])).toEqual([2]);
});
