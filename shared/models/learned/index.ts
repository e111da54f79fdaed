export type { Artefact } from './artefact.ts';
export { card, type ModelCard } from './card.ts';
export type {
  Example,
  FeatureKind,
  FeatureOverride,
  FieldSpec,
  HistorySpec,
  Json,
  Label,
  LearnedModel,
  LearnedSpec,
  MoreCases,
  Neighbour,
  NumberFeature,
  Reason,
  Scored,
  ScoredField,
  Suggestion,
} from './contract.ts';
export { describe } from './describe.ts';
export { load, readArtefact, serialise, UnreadableModelError } from './serialise.ts';
export { train } from './train.ts';
