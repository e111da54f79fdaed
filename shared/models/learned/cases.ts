import { type Bag, bagger } from './bag.ts';
import type { Example, LearnedSpec } from './contract.ts';
import type { Emission } from './emission.ts';
import { encoder, type FeaturePlan } from './encoder.ts';
import { type Flat, flatten } from './flatten.ts';
import { planPaths } from './path-kinds.ts';

/** The examples as every field's training reads them; a row is a position in these lists. */
export interface Cases {
  readonly examples: readonly Example[];
  readonly flats: readonly Flat[];
  readonly plan: FeaturePlan;
  readonly emissions: readonly CaseKeys[];
  readonly bags: readonly Bag[];
  /**
   * Rows with the same unit are never on both sides of a split: those of a group, and copies of a text. The same categories again are
   * another case, as traffic will bring them again.
   */
  readonly units: readonly string[];
}

export type CaseKeys = Pick<Emission, 'words' | 'categories'>;

/** Examples are put in order of their id first, so that their order in the file does not matter. */
export function prepareCases(given: readonly Example[], spec: LearnedSpec): Cases {
  const examples = [...given].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const flats = examples.map((example) => flatten(example.input));
  const plan = { paths: planPaths(flats, spec), crosses: spec.crosses ?? [] };
  const encode = encoder(plan);
  const toBag = bagger();
  const emissions: CaseKeys[] = [];
  const bags = flats.map((flat) => {
    const emission = encode(flat);
    emissions.push({ words: emission.words, categories: emission.categories });
    return toBag(emission);
  });
  const hasText = plan.paths.some(({ kinds }) => kinds.includes('text'));
  const units = examples.map(({ id, group }, row) => {
    return group ?? (hasText ? JSON.stringify([...(flats[row] as Flat)].sort()) : `case ${id}`);
  });
  return { examples, flats, plan, emissions, bags, units };
}

/** Rows without a date come first, and those of one date in order of their id. */
export function inOrderOfDate<T extends { readonly row: number }>({ examples }: Cases, rows: readonly T[]): T[] {
  const dateOf = ({ row }: T): string => examples[row]?.date ?? '';
  return [...rows].sort((a, b) => (dateOf(a) < dateOf(b) ? -1 : dateOf(a) > dateOf(b) ? 1 : a.row - b.row));
}
