/** One thing that must hold. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<CheckResult>;
}

export interface CheckResult {
  readonly passed: number;
  readonly failed: number;
  /** Tests that were left out by their own condition; they count as neither. */
  readonly skipped: number;
  /** What to show when something failed. */
  readonly output: string;
}

export interface CheckReport extends CheckResult {
  readonly name: string;
  readonly tookMs: number;
}

/** A check that is one yes or no. */
export function verdict(isPassed: boolean, output: string): CheckResult {
  return { passed: isPassed ? 1 : 0, failed: isPassed ? 0 : 1, skipped: 0, output };
}
