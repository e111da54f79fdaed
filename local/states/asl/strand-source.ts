import type { NewStrand } from './step.ts';
import type { Strand } from './strand.ts';

/** The strands of one execution, wherever they are kept. Changes to a strand that was handed out are kept too. */
export interface StrandSource {
  /** Null for one that has been removed. */
  get(id: number): Strand | null;
  /** New strands below `parent`, all pending, in the order of their index. */
  add(parent: Strand, strands: readonly NewStrand[]): void;
  nextPending(parentId: number): Strand | null;
  /** Those below `parentId`, one level deep, that have begun and neither ended nor failed. */
  live(parentId: number): readonly Strand[];
  /** JSON texts of what those below gave, by index; null for those that failed. */
  outputs(parentId: number): readonly (string | null)[];
  /** Removes all strands below `parentId`, at any depth. */
  removeBelow(parentId: number): void;
}

/** A strand that is about to begin at `startAt`. */
export function newStrand(
  id: number,
  parentId: number | null,
  start: NewStrand & { readonly startAt: string },
): Strand {
  return {
    id,
    parentId,
    index: start.index,
    flow: start.flow,
    item: start.item,
    phase: parentId === null ? 'entering' : 'pending',
    state: start.startAt,
    inputText: start.inputText,
    variables: {},
    enteredAtMs: 0,
    enteredEventId: 0,
    lastEventId: 0,
    retries: [],
    attempt: 0,
    dueAtMs: null,
    waitsFor: null,
    call: null,
    join: null,
    outputText: null,
  };
}
