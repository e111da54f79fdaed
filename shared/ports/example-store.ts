import type { Example } from '../contracts/index.ts';
import type { Page } from './case-store.ts';

/** Labelled examples that people's corrections became. They are written by CaseStore.commit. */
export interface ExampleStore {
  /** Of one workflow, oldest first. */
  list(workflow: string, page: { limit: number; after: string | null }): Promise<Page<Example>>;
}
