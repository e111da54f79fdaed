export {
  type ActionConnector,
  defineActionConnector,
  defineSourceConnector,
  type SourceConnector,
} from './connector.ts';
export { action, defineWorkflow, source, WorkflowError } from './define-workflow.ts';
export {
  type EventTrigger,
  event,
  type ScheduleTrigger,
  schedule,
  type TriggerDefinition,
  type WebhookTrigger,
  webhook,
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
  Facts,
  FeatureKind,
  Gates,
  LearnedSettings,
  PeopleRule,
  PlannedAction,
  Segment,
  Source,
  StepBack,
  Team,
  TierRule,
  Workflow,
} from './workflow.ts';
