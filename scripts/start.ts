import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { build } from './build.ts';
import { seconds } from './command/progress.ts';
import { inCache, inProject, node, projectRoot } from './command/project.ts';
import { runCommand } from './command/run-command.ts';
import { runtimeAddress } from './runtime/address.ts';
import { assertPortIsFree } from './runtime/port.ts';
import { synthesize } from './synth.ts';

/** Builds what has changed, synthesizes the stack and runs it on this machine until it is stopped. */
async function start(args: readonly string[]): Promise<number> {
  const startedMs = performance.now();
  await assertPortIsFree(runtimeAddress());
  await build();
  await synthesize();
  console.log(`  ready     bundles and stack are up to date (${seconds(performance.now() - startedMs)})`);
  return boot(args);
}

/** Runs the local runtime with the terminal handed through; resolves with its exit code. */
function boot(args: readonly string[]): Promise<number> {
  const child = spawn(node, [inProject('local', 'main.ts'), ...args], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: inCache('compile'), ...process.env },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
  });
}

if (import.meta.main) await runCommand(start);
