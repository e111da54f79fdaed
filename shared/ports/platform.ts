import type { JsonObject, Settings, Trigger } from '../contracts/index.ts';
import type { WrittenBy } from './reply-store.ts';

export interface SettingsStore {
  get(workflow: string): Promise<StoredSettings>;
}

export interface StoredSettings {
  /** Null while nobody has changed anything since the deploy. */
  readonly own: Settings | null;
  /** The one switch for all workflows is off. */
  readonly isAllPaused: boolean;
}

/** The intake queue. */
export interface Intake {
  /** Resolves once all are stored. */
  send(triggers: readonly Trigger[]): Promise<void>;
}

export interface Executions {
  /** `exists` when an execution of that name runs or ran: the case is known. */
  start(name: string, input: JsonObject): Promise<'started' | 'exists'>;
  /**
   * As `start`, but by the version of the machine that the execution named `first` began with, whatever was deployed since;
   * by the newest one where that is not known any more.
   */
  startLike(first: string, name: string, input: JsonObject): Promise<'started' | 'exists'>;
  /** `gone` when the execution no longer waits for this token. */
  resume(token: string, output: JsonObject): Promise<'resumed' | 'gone'>;
}

export interface ExecutionStates {
  /** `unknown` for one that was never started, or ended long ago. */
  stateOf(name: string): Promise<'running' | 'ended' | 'unknown'>;
}

export interface Secrets {
  /**
   * Live signing secrets of webhooks, by the last part of their name: the current one and, during a rotation, the one before. They may be
   * a minute old; after a mismatch at most some seconds.
   */
  webhookSecrets(name: string, options?: { readonly afterMismatch: boolean }): Promise<readonly string[]>;
  /** Null where none is configured. */
  anthropicApiKey(): Promise<string | null>;
}

/** Proves to a service of AWS who calls, in place of a key. */
export interface RequestSigner {
  /** All headers of a POST of JSON. @throws when there are no credentials. */
  sign(url: string, body: string): Promise<Readonly<Record<string, string>>>;
}

export interface Mailer {
  /** @returns the id that the mail service gave it. */
  send(mail: Mail): Promise<string>;
}

export interface Mail {
  readonly to: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  /** Of a mail that an action writes. Without it, the mail is for our own people, whose answers by mail decide nothing. */
  readonly written?: WrittenBy;
  /** The question that it is about: an answer by mail names it. */
  readonly requestId?: string;
  /** It answers a mail that just came, by itself. */
  readonly isAutoReply?: true;
}

/** Files that were built into the bundle: prompts, learned models, sandbox data. */
export interface Assets {
  /** Null when there is no such file. */
  read(path: string): Promise<Uint8Array | null>;
}

export interface Telemetry {
  /** One point of a metric, by workflow. */
  count(metric: Metric, value: number, workflow: string): void;
  /** One line of the log: the name of what happened and its fields. No personal data, no secret, no body. */
  log(event: string, fields: Readonly<Record<string, string | number | boolean | null>>): void;
}

export type Metric =
  | 'TriggersAccepted'
  | 'SignaturesRefused'
  /** Mails of machines, which start nothing. */
  | 'MailsStopped'
  /** Mails that say they answer an action, and are not believed: a person gets them. */
  | 'RepliesDoubted'
  /** Answers by mail to mails for our own people: they decide nothing. */
  | 'RepliesNotTaken'
  /** Something else under the name of a trigger that is known. */
  | 'TriggersUnlike'
  | 'CasesOpened'
  | 'Decisions'
  | 'Escalations'
  | 'Errors'
  | 'DecisionLatency'
  | 'ModelCost'
  | 'ActionsDone'
  | 'RequestsAnswered'
  | 'RequestsExpired'
  | 'RequestsUnresolved'
  | 'AnswersRefused'
  | 'CapsReached'
  | 'PromotionsProposed'
  | 'StepBacks'
  | 'Undos'
  | 'Reversals';
