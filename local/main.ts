/**
 * `node local/main.ts [cdk.out folder] [--port N]`: boots the synthesized stack on this machine until it is interrupted.
 * With `--bare`: an empty endpoint without a stack.
 */
import { BootError, bootRuntime, type Runtime } from './boot.ts';
import { type CommandLine, readCommandLine, readSettings } from './settings.ts';

try {
  const commandLine = readCommandLine(process.argv.slice(2));
  const runtime = await bootRuntime({ ...readSettings(process.env, commandLine), assembly: commandLine.assembly });
  stopOnSignals(runtime);
  console.log(greeting(runtime, commandLine));
} catch (error) {
  if (!(error instanceof BootError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function greeting({ url }: Runtime, { assembly }: CommandLine): string {
  const what = assembly === null ? bareGreeting(url) : stackGreeting(url);
  return [...what, 'Ctrl-C stops it; what is waiting goes on at the next start.'].join('\n');
}

function stackGreeting(url: string): readonly string[] {
  return [
    `Remit runs on ${url}`,
    `  caught mails     ${url}/_local/mail/`,
    `  inbox            ${url}/inbox`,
    `  what is decided  ${url}/cases`,
    `  everything else  ${url}/_local/`,
  ];
}

function bareGreeting(url: string): readonly string[] {
  return [
    `An empty AWS endpoint runs on ${url}`,
    `  for its clients  export AWS_ENDPOINT_URL=${url} AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`,
    `  what it has      local/README.md`,
  ];
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
