/**
 * An error as an AWS service answers it: `name` is the code that SDK clients switch on, `status` the HTTP status,
 * `fields` what the service puts beside the message (for example `CancellationReasons`).
 */
export class AwsError extends Error {
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: AwsErrorOptions = {}) {
    super(message);
    this.name = code;
    this.status = options.status ?? 400;
    this.fields = options.fields ?? {};
  }
}

export interface AwsErrorOptions {
  /** HTTP status; default 400. */
  readonly status?: number;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** For whatever the local runtime does not have: it says so by name and never passes it over in silence. */
export function notBuilt(service: string, what: string): AwsError {
  return new AwsError(
    'UnsupportedOperationException',
    `The local runtime does not have ${service} ${what}. local/README.md lists what it has.`,
    { status: 501 },
  );
}

/** Access denied in the words that AWS uses. */
export function accessDenied(principalArn: string, action: string, resource: string): AwsError {
  return new AwsError(
    'AccessDeniedException',
    `User: ${principalArn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    { status: 403 },
  );
}
