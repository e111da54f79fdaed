import { readdirSync } from 'node:fs';
import { inProject } from '../command/project.ts';

/** Files in functions/ that are shared by the handlers and are none themselves. */
const NOT_A_FUNCTION = new Set(['environment.ts', 'wiring.ts']);

/** Names of the Lambda functions: every file directly in functions/, tests, wiring.ts and environment.ts aside, is one. */
export function functionNames(files: readonly string[] = filesInFunctions()): string[] {
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !NOT_A_FUNCTION.has(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

function filesInFunctions(): string[] {
  return readdirSync(inProject('functions'), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}
