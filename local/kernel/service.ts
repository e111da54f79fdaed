/** JSON as it comes over the wire. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/**
 * Who makes a call, as IAM sees it.
 * - `role`: a function or state machine of the template with its execution role.
 * - `service`: another AWS service that acts on a resource policy (API Gateway, EventBridge, SNS).
 * - `operator`: whoever owns this machine (scripts, tests, other tools); everything is allowed.
 */
export type Caller = (
  | { readonly kind: 'role'; readonly roleArn: string; readonly sessionName: string }
  | { readonly kind: 'service'; readonly service: string; readonly sourceArn: string }
  | { readonly kind: 'operator' }
) & {
  /** What the call belongs to: passed on from webhook to queue to execution to function, as X-Ray would. */
  readonly traceId: string | null;
};

/** One call of one AWS operation. `service` is the IAM prefix: dynamodb, sqs, states, lambda, events, scheduler, ses, secretsmanager, cloudwatch, sns, logs. */
export interface AwsCall {
  readonly service: string;
  /** As in the API: `PutItem`, `StartExecution`, `Invoke`. */
  readonly operation: string;
  readonly input: JsonObject;
  readonly caller: Caller;
}

/** What one operation needs of IAM. */
export interface Permission {
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** ARN, or `*` for calls without a resource. */
  readonly resource: string;
  /** Context keys for conditions, e.g. `dynamodb:LeadingKeys`; values are always lists. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

export interface Operation {
  /** What must be allowed, from the input alone. A transaction lists one entry for each of its parts. */
  readonly permissions: (input: JsonObject) => readonly Permission[];
  readonly run: (input: JsonObject, caller: Caller) => JsonObject | Promise<JsonObject>;
}

/** One AWS service: its operations by name. Throws AwsError for anything that AWS would refuse. */
export interface Service {
  /** IAM prefix, as in AwsCall.service. */
  readonly name: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** Makes a call as AWS would: IAM first, then the service; everything is metered. Used by the endpoint and by services among themselves. */
export type Dispatch = (call: AwsCall) => Promise<JsonObject>;
