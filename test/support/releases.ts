import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../scripts/command/program.ts';
import { inProject, node } from '../../scripts/command/project.ts';

/** Everything that bundles and template are made of. */
const SOURCES = [
  ...['agents', 'evals', 'functions', 'infra', 'scripts', 'shared', 'statemachines'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'cdk.json'],
];

/** A text of a source file, and what stands in its place in a release. */
export interface SourceChange {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Builds and synthesizes the project with changed sources, in a folder of its own, and answers the assembly alone: what
 * it was built in is gone. @throws when a text is not there to be changed.
 */
export async function buildRelease(changes: readonly SourceChange[]): Promise<string> {
  const project = mkdtempSync(join(tmpdir(), 'remit-release-'));
  const assembly = mkdtempSync(join(tmpdir(), 'remit-assembly-'));
  try {
    for (const source of SOURCES) cpSync(inProject(source), join(project, source), { recursive: true });
    symlinkSync(inProject('node_modules'), join(project, 'node_modules'));
    for (const change of changes) apply(project, change);
    const { exitCode, output } = await runProgram(node, [join(project, 'scripts', 'synth.ts')]);
    if (exitCode !== 0) throw new Error(`The release cannot be built: ${output}`);
    cpSync(join(project, 'cdk.out'), assembly, { recursive: true });
    return assembly;
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

function apply(project: string, { file, from, to }: SourceChange): void {
  const path = join(project, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not have the text that a release changes: ${from}`);
  writeFileSync(path, text.replaceAll(from, to));
}
