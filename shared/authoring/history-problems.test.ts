import { expect, it } from 'vitest';
import { paymentDesk } from '../../test/support/payment-desk.ts';
import { historyProblems } from './history-problems.ts';
import type { Workflow } from './workflow.ts';

const desk = paymentDesk();
const keys = (count: number, paths: readonly string[] = ['input.card']) =>
  historyProblems({
    ...desk,
    learned: { ...desk.learned, history: { keys: Array(count).fill(paths), learnsAsItGoes: true } },
  });

it('a history that learns as it goes has one to eight keys, each of at least one path', () => {
  expect([keys(1), keys(8)]).toEqual([[], []]);
  expect(keys(9)).toEqual(['learned.history learns as it goes under 9 keys: name 1 to 8']);
  expect(keys(0)).toHaveLength(1);
  expect(keys(1, [])).toHaveLength(1);
  expect(historyProblems(paymentDesk({ learns: false, history: Array(9).fill([]) }))).toEqual([]);
});

it('nothing is learned as it goes of what is judged item by item', () => {
  const each = { of: 'items', as: 'items', repeats: [], signals: () => ({}) };
  const agents = desk.agents.map((agent) => ({ ...agent, each })) as Workflow['agents'];
  expect(historyProblems({ ...desk, agents })[0]).toMatch(/^agent booker judges item by item/);
});
