/** Readings that are too large to be handed from step to step. They are written once and never changed. */
export interface ReadingStore {
  /** The same once more changes nothing. `id` is the SHA-256 of `text`. */
  keep(caseId: string, reading: { readonly id: string; readonly text: string }): Promise<void>;
  /** Null where there is none, or not all of it. */
  text(caseId: string, id: string): Promise<string | null>;
}
