import type { FeaturePlan } from './encoder.ts';

/** A category and a text that nobody named as a cross, and the fields that reading them together helps. */
export interface FoundCross {
  readonly cross: readonly [string, string];
  readonly fields: readonly string[];
}

/** Blocks of the plan, whose last crosses are the found ones, without those that were found for other fields. */
export function ownBlocks({ paths, crosses }: FeaturePlan, found: readonly FoundCross[], field: string): number[] {
  const length = paths.length + crosses.length;
  const start = length - found.length;
  const blocks = Array.from({ length }, (_, block) => block);
  return blocks.filter((block) => found[block - start]?.fields.includes(field) ?? true);
}
