/** Groups of features; each is scaled to unit length of its own. */
export const WORDS = 0;
export const CHARACTERS = 1;
export const CATEGORIES = 2;
export const GROUPS = 3;

/** Every feature that a case gives off, in order, repeats included. Lists of equal length, joined by position. */
export interface Emission {
  readonly hashes: number[];
  readonly groups: number[];
  /** Which path or cross of the plan gave the feature off. */
  readonly blocks: number[];
  /** Position in `names`: what the feature is called for people. */
  readonly labels: number[];
  readonly names: string[];
  /** Hashes of single words of text. */
  readonly words: number[];
  /** Hashes of category values that are there (not of missing ones, bins or crosses). */
  readonly categories: number[];
  /** Numbers and dates that are there. */
  numbers: number;
  /** Paths that no example lacked and this case does. */
  readonly lacking: string[];
  /** The block that is being emitted. */
  block: number;
}

export function emptyEmission(): Emission {
  return {
    hashes: [],
    groups: [],
    blocks: [],
    labels: [],
    names: [],
    words: [],
    categories: [],
    numbers: 0,
    lacking: [],
    block: 0,
  };
}

export function emit(into: Emission, hash: number, group: number, label: number): void {
  into.hashes.push(hash);
  into.groups.push(group);
  into.blocks.push(into.block);
  into.labels.push(label);
}

/** Adds a name and returns its position. */
export function nameFeature(into: Emission, name: string): number {
  return into.names.push(name) - 1;
}
