import { fitted } from './fitted.ts';
import { Problem, sentenceOf } from './problem.ts';

/**
 * Runs the body of a script with its arguments. What it returns is the exit code (nothing means 0); an error is told in
 * its own words on stderr and ends in a code other than 0.
 */
export async function runCommand(body: (args: readonly string[]) => Promise<number | undefined>): Promise<void> {
  stopQuietlyWithTheReader();
  try {
    process.exitCode = (await body(process.argv.slice(2))) ?? 0;
  } catch (error) {
    console.error(fitted(sentenceOf(error), process.stderr.columns));
    process.exitCode = error instanceof Problem ? error.exitCode : 1;
  }
}

/** `npm run case | head`: when nobody reads on, there is nothing more to say. */
function stopQuietlyWithTheReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
