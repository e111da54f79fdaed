import type { ModelCard } from './card.ts';
import type { FeaturePlan } from './encoder.ts';
import type { Familiarity } from './familiarity.ts';
import type { FieldModel } from './field-model.ts';
import type { JointCheck } from './joint.ts';
import type { CaseIndex } from './nearest.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A trained model, whole: what `serialise` writes and `load` reads. */
export interface Artefact {
  readonly plan: FeaturePlan;
  readonly vocabulary: Vocabulary;
  readonly fields: readonly FieldModel[];
  readonly joint: JointCheck;
  readonly familiarity: Familiarity;
  readonly cases: CaseIndex;
  readonly card: ModelCard;
  /** Cases that examples were made of; left out where there are none. */
  readonly caseIds?: readonly string[];
}
