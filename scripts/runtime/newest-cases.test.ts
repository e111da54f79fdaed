import { expect, it } from 'vitest';
import { caseLines } from './newest-cases.ts';

const one = { caseId: 'a'.repeat(32), workflow: 'match', state: 'waiting', input: { name: 'Ada' }, openedAtMs: 0 };

it('lists cases with when they were opened and whom they are about', () => {
  const lines = caseLines([one, { ...one, state: 'done' }], ({ state }) => (state === 'done' ? 'x'.repeat(60) : 'Ada'));
  expect(lines[2]).toBe(`${one.caseId}  1970-01-01 00:00:00 UTC  match     waiting  Ada`);
  expect(lines[3]).toMatch(/ done +x{47}…$/);
  expect(lines.at(-1)).toContain('npm run case -- <case>');
});

it('says how to have one where there is none', () => {
  expect(caseLines([], () => '')).toEqual(['There is no case yet: npm run trigger starts one.']);
});
