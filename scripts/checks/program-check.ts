import { runProgram } from '../command/program.ts';
import { inProject } from '../command/project.ts';
import { type Check, verdict } from './check.ts';

/** A check that is a program of node_modules/.bin: it holds when the program ends with 0. */
export function programCheck(name: string, program: string, args: readonly string[]): Check {
  return {
    name,
    run: async () => {
      const { exitCode, output } = await runProgram(inProject('node_modules', '.bin', program), args);
      return verdict(exitCode === 0, output);
    },
  };
}
