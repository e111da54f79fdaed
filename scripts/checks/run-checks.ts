import { sentenceOf } from '../command/problem.ts';
import { seconds } from '../command/progress.ts';
import { type Check, type CheckReport, type CheckResult, verdict } from './check.ts';

/** Runs checks side by side; prints a row for each as it ends, and what failed in it. */
export function runChecks(checks: readonly Check[]): Promise<CheckReport[]> {
  return Promise.all(checks.map(runCheck));
}

/** Runs one check, prints its row, and what failed in it. An error that it throws is a failure of it. */
export async function runCheck({ name, run }: Check): Promise<CheckReport> {
  const startedMs = performance.now();
  const result = await run().catch((error: unknown): CheckResult => verdict(false, sentenceOf(error)));
  const report = { name, tookMs: performance.now() - startedMs, ...result };
  console.log(rowOf(report));
  if (report.failed > 0) console.log(`\n${report.output.trim()}\n`);
  return report;
}

/** `types            3.1 s   passed` */
export function rowOf({ name, tookMs, passed, failed, skipped }: CheckReport): string {
  const tests = passed + failed > 1 ? ` ${passed} passed` : '';
  const left = skipped > 0 ? `, ${skipped} skipped` : '';
  const result =
    failed > 0
      ? `FAILED ${failed}${tests === '' ? '' : `,${tests}`}${left}`
      : `passed${tests.replace(' passed', '')}${left}`;
  return `  ${name.padEnd(28)}${seconds(tookMs).padStart(8)}   ${result}`;
}

/** `N passed, N failed` over all of them. */
export function totalOf(reports: readonly CheckReport[]): string {
  const sum = (of: (report: CheckReport) => number) => reports.reduce((total, report) => total + of(report), 0);
  return `${sum((report) => report.passed)} passed, ${sum((report) => report.failed)} failed`;
}

export function hasFailed(reports: readonly CheckReport[]): boolean {
  return reports.some((report) => report.failed > 0);
}
