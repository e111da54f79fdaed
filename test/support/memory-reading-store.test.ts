import { describe } from 'vitest';
import { MemoryReadingStore } from './memory-reading-store.ts';
import { readingContract } from './reading-contract.ts';

describe('large readings in memory', () => {
  const store = new MemoryReadingStore();
  readingContract(() => store);
});
