import { ensureChromium } from './browser/chromium.ts';
import { build } from './build.ts';
import { type Check, type CheckReport, verdict } from './checks/check.ts';
import { fastChecks } from './checks/fast-checks.ts';
import { hasFailed, runCheck, runChecks, totalOf } from './checks/run-checks.ts';
import { stateMachines } from './checks/state-machines.ts';
import { vitestCheck } from './checks/vitest-check.ts';
import { runCommand } from './command/run-command.ts';
import { synthesize } from './synth.ts';

/** Sets up what is missing and runs everything that must hold; the last line sums it up. */
async function test(): Promise<number> {
  const reports = [...(await runChecks(fastChecks)), await runCheck(stateMachines), ...(await runBuilt())];
  console.log(`\n${totalOf(reports)}`);
  return hasFailed(reports) ? 1 : 0;
}

/** What runs on the bundles and the stack; without them it would only fail again. */
async function runBuilt(): Promise<CheckReport[]> {
  const built = await runCheck(stack);
  if (built.failed > 0) return [built];
  const system = await runCheck(vitestCheck('system tests', ['system']));
  const chromium = await ensureChromium();
  const browser = await runCheck(
    vitestCheck('browser tests', ['browser'], chromium === null ? {} : { REMIT_CHROMIUM: chromium }),
  );
  return [built, system, browser];
}

const stack: Check = {
  name: 'bundles and stack',
  run: async () => {
    await build();
    await synthesize();
    return verdict(true, '');
  },
};

if (import.meta.main) await runCommand(test);
