/** How asynchronous invocations of a function (or of one version or alias) are retried and where their outcome goes. */
export interface InvokeConfig {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeMs: number;
  /** ARNs of a queue, topic, function or event bus. */
  readonly onSuccess: string | null;
  readonly onFailure: string | null;
}

export const DEFAULT_INVOKE_CONFIG: InvokeConfig = {
  maximumRetryAttempts: 2,
  maximumEventAgeMs: 6 * 3600 * 1000,
  onSuccess: null,
  onFailure: null,
};
