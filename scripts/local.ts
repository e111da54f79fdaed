import { runCommand } from './command/run-command.ts';
import { runHere, stopWithLauncher } from './runtime/run-here.ts';

/**
 * `npm run local -- --bare [--port N]`: an empty AWS endpoint on this machine, without a stack.
 * `npm run local -- [cdk.out folder] [--port N]`: a stack as it was synthesized, without building anything.
 */
async function local(): Promise<number | undefined> {
  stopWithLauncher();
  return runHere();
}

if (import.meta.main) await runCommand(local);
