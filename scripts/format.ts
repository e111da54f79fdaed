import { runProgram } from './command/program.ts';
import { inProject } from './command/project.ts';
import { runCommand } from './command/run-command.ts';

if (import.meta.main) {
  await runCommand(async () => {
    const { exitCode, output } = await runProgram(inProject('node_modules', '.bin', 'biome'), [
      'check',
      '--write',
      '.',
    ]);
    console.log(output.trim());
    return exitCode;
  });
}
