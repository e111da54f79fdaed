import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
/** Hexadecimal digits that tell versions apart. */
const DIGITS = 16;

export interface DeployedVersions {
  /** Digest of the built functions and the state machines. */
  readonly code: string;
  /** By workflow: digest of all that makes its decisions, from definition to examples, and of the model that was learned. */
  readonly workflows: Readonly<Record<string, string>>;
}

/** What a case is pinned to. The same sources give the same versions on every machine. */
export function deployedVersions(workflowIds: readonly string[], project = PROJECT): DeployedVersions {
  const digest = (...patterns: readonly string[]): string => digestOf(project, patterns);
  return {
    code: digest('dist/**/*.mjs', 'statemachines/*.json'),
    workflows: Object.fromEntries(
      // The model is built from the examples by code of its own, so neither they nor the functions stand for it.
      workflowIds.map((id) => [id, digest(`agents/${id}/**/*`, `dist/run-turn/agents/${id}/**/*`)]),
    ),
  };
}

function digestOf(project: string, patterns: readonly string[]): string {
  const hash = createHash('sha256');
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: project, withFileTypes: true }));
  const paths = files
    .filter((file) => file.isFile() && !file.name.endsWith('.test.ts'))
    .map((file) => relative(project, join(file.parentPath, file.name)));
  for (const path of paths.sort())
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(project, path)))
      .update('\0');
  return hash.digest('hex').slice(0, DIGITS);
}
