import { bringUp } from './bring-up.ts';
import { runCommand } from './command/run-command.ts';

const TO_TRY = 'npm run trigger -- lead-qualification agents/lead-qualification/samples/hot-lead.json';

/** Builds what has changed, synths the stack and runs it on this machine until it is stopped. */
async function start(): Promise<number | undefined> {
  const exitCode = await bringUp();
  if (exitCode === undefined) console.log(`Try in another terminal:\n  ${TO_TRY}`);
  return exitCode;
}

if (import.meta.main) await runCommand(start);
