/** What the Resource of a Task state asks for. */
export type TaskResource =
  | { readonly kind: 'lambda-function'; readonly arn: string }
  | { readonly kind: 'activity'; readonly arn: string }
  | ServiceResource;

export interface ServiceResource {
  readonly kind: 'service';
  /** As history shows it: `lambda`, `sqs`, `aws-sdk:dynamodb`. */
  readonly resourceType: string;
  /** As history shows it: `invoke`, `sendMessage.waitForTaskToken`. */
  readonly resource: string;
  /** Without the pattern: `sendMessage`. */
  readonly operation: string;
  readonly pattern: IntegrationPattern;
}

/**
 * - `request`: goes on with the answer of the call
 * - `token`: waits until somebody answers the task token
 * - `sync`, `sync:2`: waits until what was started has ended
 */
export type IntegrationPattern = 'request' | 'token' | 'sync' | 'sync:2';

const LAMBDA = /^arn:[^:]+:lambda:[^:]*:\d*:function:.+/;
const ACTIVITY = /^arn:[^:]+:states:[^:]+:\d+:activity:.+/;
const SERVICE =
  /^arn:[^:]+:states:[^:]*:[^:]*:((?:aws-sdk:)?[a-zA-Z0-9]+):([a-zA-Z0-9]+)(\.waitForTaskToken|\.sync(?::2)?)?$/;

/** Null for an ARN that no Task state can name. */
export function parseResource(arn: string): TaskResource | null {
  if (LAMBDA.test(arn)) return { kind: 'lambda-function', arn };
  if (ACTIVITY.test(arn)) return { kind: 'activity', arn };
  const match = SERVICE.exec(arn);
  if (match === null) return null;
  const [, resourceType = '', operation = '', suffix = ''] = match;
  return { kind: 'service', resourceType, resource: `${operation}${suffix}`, operation, pattern: patternOf(suffix) };
}

/** Whether a task of this resource is ended by SendTaskSuccess or SendTaskFailure. */
export function needsToken(resource: TaskResource): boolean {
  return resource.kind === 'activity' || (resource.kind === 'service' && resource.pattern === 'token');
}

function patternOf(suffix: string): IntegrationPattern {
  switch (suffix) {
    case '.waitForTaskToken':
      return 'token';
    case '.sync':
      return 'sync';
    case '.sync:2':
      return 'sync:2';
    default:
      return 'request';
  }
}
