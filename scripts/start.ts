import { enableCompileCache } from 'node:module';
import { build } from './build.ts';
import { seconds } from './command/progress.ts';
import { inCache } from './command/project.ts';
import { runCommand } from './command/run-command.ts';
import { runtimeAddress } from './runtime/address.ts';
import { assertPortIsFree } from './runtime/port.ts';
import { runHere, stopWithLauncher } from './runtime/run-here.ts';
import { synthesize } from './synth.ts';

const TO_TRY = 'npm run trigger -- lead-qualification agents/lead-qualification/samples/hot-lead.json';

/** Builds what has changed, synths the stack and runs it on this machine until it is stopped. */
async function start(): Promise<number | undefined> {
  stopWithLauncher();
  const startedMs = performance.now();
  enableCompileCache(inCache('compile'));
  await assertPortIsFree(runtimeAddress());
  await build();
  await synthesize();
  console.log(`  ready     bundles and stack are up to date (${seconds(performance.now() - startedMs)})`);
  const exitCode = await runHere();
  if (exitCode === undefined) console.log(`Try in another terminal:\n  ${TO_TRY}`);
  return exitCode;
}

if (import.meta.main) await runCommand(start);
