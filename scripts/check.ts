import { fastChecks } from './checks/fast-checks.ts';
import { hasFailed, runChecks, totalOf } from './checks/run-checks.ts';
import { runCommand } from './command/run-command.ts';

if (import.meta.main) {
  await runCommand(async () => {
    const reports = await runChecks(fastChecks);
    console.log(`\n${totalOf(reports)}`);
    return hasFailed(reports) ? 1 : 0;
  });
}
