export type { BatchStore, NewBatch } from './batch-store.ts';
export type { Budget, Correction, Purse, Reserved, Spender } from './budget.ts';
export {
  type ActionKey,
  type ActionMove,
  type CaseStore,
  type CaseWithAction,
  type CaseWrite,
  ConflictError,
  type ConflictKind,
  type DueTurns,
  type ErasableBy,
  type Follower,
  type IntentTaken,
  type KnownCase,
  type Overturning,
  type Page,
  type RecordChange,
  type RequestChange,
  type SettingsChange,
} from './case-store.ts';
export type { Card, Chat } from './chat.ts';
export type { Clock, Ids } from './clock.ts';
export type { ConnectorSecrets, EventBus, OutgoingEvent } from './connector-ports.ts';
export { type DeadLetters, type LetterFate, TooManyLettersError } from './dead-letters.ts';
export type {
  DocumentKey,
  ErasureList,
  ErasureOf,
  ErasurePlace,
  ErasureStore,
  StoredDocument,
  SubjectDigests,
} from './erasure-store.ts';
export type { EvaluationStore, KeptResult, KeptSight, SliceEnd } from './evaluation-store.ts';
export type { ExampleStore } from './example-store.ts';
export type { FileAddress, FilePart, FileRead, Files } from './files.ts';
export type { HistoryStore, LessonChange } from './history-store.ts';
export {
  type ListedObject,
  type ListRequest,
  type ObjectContent,
  type ObjectHead,
  type ObjectRequest,
  type ObjectStore,
  ObjectTooLargeError,
  type PutRequest,
  StoreFailure,
} from './object-store.ts';
export {
  EffectError,
  type Effects,
  type LookUp,
  type ModelAnswer,
  type Models,
  type Question,
  ReadError,
  type SourceCall,
  type SourceOnDemand,
  type Sources,
} from './outside.ts';
export type { PeopleStore } from './people-store.ts';
export type {
  Assets,
  ExecutionStates,
  Executions,
  Intake,
  Mail,
  Mailer,
  Metric,
  RequestSigner,
  Secrets,
  SettingsStore,
  StoredSettings,
  Telemetry,
} from './platform.ts';
export type { ReadingStore } from './reading-store.ts';
export type { RecordStore } from './record-store.ts';
export type { KeptReference, ReferenceStore, ReplyAddresses, ReplyStore, WrittenBy } from './reply-store.ts';
export type { AnswerDraft, CodeRenewal, MailLink, RequestStore, TokenStore } from './request-store.ts';
export type { ShapeChange, ShapeStore } from './shape-store.ts';
export type { Session, SessionTokens, SignIn, SignInAttempt } from './sign-in.ts';
export type { CaseWithTurns, StepStore, StoredTurn, TurnKey } from './step-store.ts';
export { type Web, type WebAnswer, WebFailure, type WebRequest } from './web.ts';
