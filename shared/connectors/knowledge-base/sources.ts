import type { SourceSystem } from '../implementation.ts';
import { searchKnowledge } from './search.ts';

export const system: SourceSystem = { sources: { search: ({ assets }) => searchKnowledge(assets) } };
