export { Absence, AbsenceChange } from './absence.ts';
export { Action, ActionMode, ActionState, PinnedFact } from './action.ts';
export {
  Batch,
  BatchBody,
  BatchLine,
  BatchPiece,
  BatchSource,
  BroughtText,
  LineFormat,
  RefusedFile,
  StoredFile,
} from './batch.ts';
export { Case, CaseState, Note, Outcome } from './case.ts';
export { ConfirmedCase, Lesson, MOST_CONFIRMED } from './confirmed-case.ts';
export { type CapCount, type CapTotals, Counted } from './counted.ts';
export {
  DueTurn,
  FieldConfidence,
  FieldOrigin,
  ModelTier,
  Opinion,
  Reading,
  TurnResult,
  Usage,
  VoteCount,
} from './decision.ts';
export {
  Compared,
  DecisionRecord,
  Review,
  Seed,
  Signal,
  SignalKind,
  Standing,
  WHOLE_DECISION,
} from './decision-record.ts';
export {
  DeployedSet,
  EvaluationId,
  EvaluationOutcome,
  EvaluationRun,
  EvaluationState,
  EvaluationWish,
  OWN_EXAMPLES,
} from './evaluation.ts';
export { CaseEvent, Cursor, LedgerEntry, SaltTree } from './event.ts';
export { Example } from './example.ts';
export { ActionId, CaseId, RequestId, Slug } from './ids.ts';
export { AnsweredAction, BroughtFile, HandBody, InboundMail, KeptMail, MailBody } from './inbound.ts';
export { Json, JsonObject } from './json.ts';
export { deceivesReaders, PASSING_BESIDE_LATIN, PASSING_LETTERS } from './look-alike-letters.ts';
export { Money } from './money.ts';
export type { PastOpinion } from './past-opinion.ts';
export { PromotionEvidence } from './promotion.ts';
export { Reader } from './reader.ts';
export { Answer, FactChange, PersonRequest, Proof, RequestKind, RequestState, Verb } from './request.ts';
export { ReviewSaid, SecondReview } from './second-review.ts';
export {
  ALL_WORKFLOWS,
  EVALUATIONS_PATH,
  EvaluationEvidence,
  GOVERNANCE_TRIGGER,
  Phase,
  Settings,
  Tier,
} from './settings.ts';
export { LONGEST_SHAPE_DAYS, Shape, ShapeChoice, ShapeId, ShapeOutline } from './shape.ts';
export { SpotBand, SpotCheck, SpotDraw, SpotStratum } from './spot-check.ts';
export { Trigger } from './trigger.ts';
export { Reason, Verdict } from './verdict.ts';
export { Versions } from './versions.ts';
