export {
  type ActionConnector,
  type ActionConnectorDefinition,
  defineActionConnector,
  defineSourceConnector,
  type FailureRule,
  HTTP_FAILURES,
  type Rate,
  type SourceConnector,
  type SourceDefinition,
} from './connector.ts';
export { csvText } from './csv-text.ts';
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
  Workflow,
} from './workflow.ts';
