import { Problem } from '../command/problem.ts';
import { runProgram } from '../command/program.ts';
import { inProject } from '../command/project.ts';

/** Puts files in the form of the project, imports in order. @throws Problem with what the formatter says. */
export async function formatFiles(paths: readonly string[]): Promise<void> {
  const biome = inProject('node_modules', '.bin', 'biome');
  const { exitCode, output } = await runProgram(biome, ['check', '--write', ...paths.map((path) => inProject(path))]);
  if (exitCode !== 0) throw new Problem(`What was written could not be formatted:\n${output.trim()}`);
}
