import { isCode, isTest, type ProjectFile } from './repository.ts';
import { codeOnly, matches, type Violation } from './violation.ts';

/** A sandbox gives a function the environment of its own that Lambda would; that is no configuration of ours. */
const SANDBOX = /^local\/lambda\/sandbox\//;
const WHERE = /^(functions\/environment\.ts|local\/(settings|main)\.ts|vitest\.config\.ts)$|^(infra|scripts|bench)\//;
const READS = /\bprocess\s*\.\s*env\b|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/g;

/** Configuration enters once, in one file, and is passed on from there. */
export function environmentViolations(files: readonly ProjectFile[]): Violation[] {
  return files
    .filter((file) => isCode(file) && !WHERE.test(file.path) && !SANDBOX.test(file.path) && !isTest(file.path))
    .flatMap(({ path, text }) =>
      [...matches(codeOnly(text), READS)].map(({ line }) => ({
        file: path,
        line,
        problem: 'it reads process.env',
        fix: 'read the variable in functions/environment.ts or local/settings.ts and pass it in',
      })),
    );
}
