import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
/** Hexadecimal digits that tell versions apart. */
const DIGITS = 16;

export interface DeployedVersions {
  /** Digest of the built functions and the state machines. */
  readonly code: string;
  /** By workflow: digest of all that makes its decisions, from definition to examples. */
  readonly workflows: Readonly<Record<string, string>>;
}

/** What a case is pinned to. The same sources give the same versions on every machine. */
export function deployedVersions(workflowIds: readonly string[]): DeployedVersions {
  const workflows = workflowIds.map((id) => [id, digestOf([`agents/${id}/**/*`])] as const);
  return { code: digestOf(['dist/**/*.mjs', 'statemachines/*.json']), workflows: Object.fromEntries(workflows) };
}

function digestOf(patterns: readonly string[]): string {
  const hash = createHash('sha256');
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: PROJECT, withFileTypes: true }));
  const paths = files
    .filter((file) => file.isFile() && !file.name.endsWith('.test.ts'))
    .map((file) => `${file.parentPath}/${file.name}`);
  for (const path of paths.sort()) hash.update(path.slice(PROJECT.length)).update(readFileSync(path));
  return hash.digest('hex').slice(0, DIGITS);
}
