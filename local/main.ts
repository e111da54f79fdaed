/** `node local/main.ts [cdk.out folder]`: boots the synthesized stack on this machine until it is interrupted. */
import { BootError, bootRuntime, type Runtime } from './boot.ts';
import { readSettings } from './settings.ts';

const DEFAULT_ASSEMBLY = 'cdk.out';

try {
  const settings = readSettings(process.env);
  const runtime = await bootRuntime({ assembly: process.argv[2] ?? DEFAULT_ASSEMBLY, ...settings });
  console.log(greeting(runtime));
  stopOnSignals(runtime);
} catch (error) {
  if (!(error instanceof BootError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function greeting({ url }: Runtime): string {
  return [
    `Remit runs on ${url}`,
    `  caught mails     ${url}/_local/mail/`,
    `  everything else  ${url}/_local/`,
    'Ctrl-C stops it; what is waiting goes on at the next start.',
  ].join('\n');
}

/** A second interrupt ends the process at once. */
function stopOnSignals(runtime: Runtime): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      runtime.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error('The local runtime did not stop cleanly:', error);
          process.exit(1);
        },
      );
    });
  }
}
