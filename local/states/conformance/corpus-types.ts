import type { Json, JsonObject } from '../../kernel/service.ts';

/** One recorded execution, as the corpus runner hands it over. */
export interface ExecutionCase {
  readonly id: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly stateMachineName: string;
  readonly roleArn: string;
  readonly definition: JsonObject;
  readonly inputText: string;
  readonly lambdas: JsonObject;
  readonly stateMachines?: readonly {
    readonly arn: string;
    readonly name: string;
    readonly type: 'STANDARD' | 'EXPRESS';
    readonly definition: JsonObject;
  }[];
  readonly resources?: readonly CaseResource[];
}

export type CaseResource =
  | { readonly type: 'sqs'; readonly name: string; readonly url: string }
  | { readonly type: 'dynamodb'; readonly tableName: string; readonly partitionKey: string }
  | {
      readonly type: 'activity';
      readonly name: string;
      readonly arn: string;
      readonly worker?: { readonly name?: string; readonly actions: readonly JsonObject[] };
    };

export interface ValidationCase {
  readonly id: string;
  readonly api: 'CreateStateMachine' | 'ValidateStateMachineDefinition';
  readonly request: JsonObject;
  readonly definitionText: string;
}

export interface TestStateCase {
  readonly request: JsonObject;
  readonly lambdas: JsonObject;
}

export interface ApiCase {
  readonly api: string;
  readonly request: JsonObject;
  readonly setup?: readonly { readonly api: string; readonly request: JsonObject }[];
}

/** What an engine made of an execution. */
export interface ExecutionResult {
  readonly status: string;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly historyEventTypes?: readonly string[];
  readonly stateEntered?: readonly string[];
}

/** What the runner lends to an adapter. */
export interface Kit {
  functionsOf(
    c: { readonly lambdas: JsonObject },
    options: { readonly sleep: (ms: number) => Promise<unknown> },
  ): (nameOrArn: string, payload: Json) => Promise<Json>;
  answerMessage(c: ExecutionCase, queue: string, body: string, apiFor: (token: string) => TokenApi): Promise<void>;
  play(actions: readonly JsonObject[], message: Json, api: TokenApi): Promise<void>;
  startFakeAws(options: { readonly onSqsMessage: (queue: string, body: string) => void }): Promise<FakeAws>;
}

export interface TokenApi {
  success(output: string): unknown;
  failure(failure: { readonly error?: string; readonly cause?: string }): unknown;
  heartbeat(): unknown;
  sleep(ms: number): unknown;
}

export interface FakeAws {
  readonly url: string;
  readonly queues: Set<string>;
  addTable(name: string, key?: string): void;
  close(): Promise<void>;
}
