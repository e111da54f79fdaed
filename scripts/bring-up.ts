import { enableCompileCache } from 'node:module';
import { build } from './build.ts';
import { seconds } from './command/progress.ts';
import { inCache } from './command/project.ts';
import { runtimeAddress } from './runtime/address.ts';
import { assertPortIsFree, type StartCommand } from './runtime/port.ts';
import { runHere, stopWithLauncher } from './runtime/run-here.ts';
import { synthesize } from './synth.ts';

/** Builds what has changed, synths the stack and runs it in this process. @returns the exit code where it does not come up. */
export async function bringUp(start?: StartCommand): Promise<number | undefined> {
  stopWithLauncher();
  const startedMs = performance.now();
  enableCompileCache(inCache('compile'));
  await assertPortIsFree(runtimeAddress(), start);
  await build();
  await synthesize();
  console.log(`  ready     bundles and stack are up to date (${seconds(performance.now() - startedMs)})`);
  return runHere();
}
