import { describe } from 'vitest';
import { evaluationContract } from './evaluation-contract.ts';
import { MemoryEvaluationStore } from './memory-evaluation-store.ts';

describe('evaluations in memory', () => {
  const store = new MemoryEvaluationStore();
  evaluationContract(() => store);
});
