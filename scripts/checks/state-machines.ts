import { globSync } from 'node:fs';
import { runProgram } from '../command/program.ts';
import { inProject } from '../command/project.ts';
import { type Check, type CheckResult, verdict } from './check.ts';

/** Every state machine is valid Amazon States Language, by an implementation that is not ours. */
export const stateMachines: Check = {
  name: 'state machines',
  run: () => validate(globSync('statemachines/*.asl.json', { cwd: inProject() }).toSorted()),
};

/** Checks definitions with asl-validator; no file at all is a failure too. */
export async function validate(files: readonly string[]): Promise<CheckResult> {
  if (files.length === 0) return verdict(false, 'statemachines/ holds no *.asl.json');
  const { exitCode, output } = await runProgram(
    inProject('node_modules', '.bin', 'asl-validator'),
    files.flatMap((file) => ['--json-path', file]),
  );
  return verdict(exitCode === 0, output);
}
