import { describe } from 'vitest';
import { budgetContract } from './budget-contract.ts';
import { MemoryBudget } from './memory-budget.ts';

describe('a budget in memory', () => {
  const budget = new MemoryBudget();
  budgetContract(() => budget);
});
