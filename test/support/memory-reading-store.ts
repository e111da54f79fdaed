import type { ReadingStore } from '../../shared/ports/index.ts';

/** Kept readings by case and id, joined by a slash. `isBroken`: nothing can be kept. */
export class MemoryReadingStore implements ReadingStore {
  readonly kept = new Map<string, string>();
  isBroken = false;

  async keep(caseId: string, { id, text }: { readonly id: string; readonly text: string }): Promise<void> {
    if (this.isBroken) throw new Error('the table is gone');
    this.kept.set(`${caseId}/${id}`, text);
  }

  async text(caseId: string, id: string): Promise<string | null> {
    return this.kept.get(`${caseId}/${id}`) ?? null;
  }
}
