import { readFileSync, rmSync } from 'node:fs';
import * as z from 'zod';
import { runProgram } from '../command/program.ts';
import { inCache, inProject, node } from '../command/project.ts';
import type { Check, CheckResult } from './check.ts';

/** Runs some of the projects of vitest.config.ts and counts by vitest's own report. */
export function vitestCheck(
  name: string,
  projects: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Check {
  return {
    name,
    run: async () => {
      const report = inCache(`vitest-${projects.join('-')}.json`);
      rmSync(report, { force: true });
      const { exitCode, output } = await runProgram(node, vitestArguments(projects, report), environment);
      return resultOf(exitCode, readReport(report), output);
    },
  };
}

function vitestArguments(projects: readonly string[], report: string): string[] {
  return [
    inProject('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    '--silent=passed-only',
  ];
}

export const VitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});
export type VitestReport = z.infer<typeof VitestReport>;

/** A file that could not be loaded counts as a failure, and so does a run that failed although every test passed. */
export function resultOf(exitCode: number, report: VitestReport | null, output: string): CheckResult {
  if (report === null) return { passed: 0, failed: 1, skipped: 0, output };
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  const failed = report.numFailedTests + unloaded;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    output,
  };
}

function readReport(path: string): VitestReport | null {
  try {
    return VitestReport.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
