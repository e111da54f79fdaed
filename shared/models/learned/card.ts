import type { Artefact } from './artefact.ts';
import type { FieldCard } from './field-card.ts';

/** What the model can and cannot do, measured on examples that the models checked had not seen. */
export interface ModelCard {
  readonly examples: number;
  /** SHA-256 of the examples and the specification. */
  readonly digest: string;
  readonly target: number;
  readonly fields: readonly FieldCard[];
  readonly whole: WholeCard;
}

/** All required fields together; shares are 0 to 1. */
export interface WholeCard {
  readonly rows: number;
  readonly accuracy: number;
  readonly calibrationError: number;
  /** Share of the rows decided alone, and how many of those were right; null: no case is decided alone. */
  readonly coverage: number | null;
  readonly accuracyThere: number | null;
  readonly bound: number | null;
  readonly outOfScopeShare: 'unknown' | 'known';
}

export function card(artefact: Artefact): ModelCard {
  return artefact.card;
}
