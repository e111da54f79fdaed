export {
  type ActionConnector,
  type ActionConnectorDefinition,
  defineActionConnector,
  defineSourceConnector,
  type FailureRule,
  type FileAccess,
  type FilePlace,
  HTTP_FAILURES,
  type Rate,
  type SourceConnector,
  type SourceDefinition,
} from './connector.ts';
export { csvText } from './csv-text.ts';
export { action, defineWorkflow, source, WorkflowError } from './define-workflow.ts';
export type { Each } from './each.ts';
export type { FactReading, Facts } from './facts.ts';
export type { FeatureKind, LearnedSettings } from './learned-settings.ts';
export {
  type Bounds,
  type HandOffPattern,
  handOff,
  type MergePattern,
  mergingPanel,
  type OrchestratorPattern,
  orchestrator,
  type Pattern,
  type SequencePattern,
  sequence,
  type VotePattern,
  type VoteRule,
  votingPanel,
} from './pattern.ts';
export { plainFacts, plainWords, wordingsOf } from './plain-words.ts';
export { repliesAcross } from './reply-problems.ts';
export type { Gates, StepBack } from './rollout.ts';
export {
  type Alike,
  type Answered,
  type Batch,
  type BatchSum,
  type BucketFileTrigger,
  type ByHandTrigger,
  bucketFile,
  byHand,
  type EventTrigger,
  event,
  type InboundMailTrigger,
  inboundMail,
  type LineOutcome,
  type RepliesTaken,
  type ScheduleTrigger,
  schedule,
  type TriggerDefinition,
  type WebhookStyle,
  type WebhookTrigger,
  webhook,
  webhookSecretName,
} from './triggers.ts';
export type {
  ActionDefinition,
  Agent,
  Approval,
  ApprovalStep,
  Asks,
  Cap,
  Compensation,
  EscalationRule,
  PeopleRule,
  PlannedAction,
  Segment,
  Source,
  Team,
  TierRule,
  Workflow,
} from './workflow.ts';
