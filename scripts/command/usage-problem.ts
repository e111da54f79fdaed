import { Problem } from './problem.ts';

/**
 * What to say of options that `parseArgs` refused: what is wrong, and how the command is used. Whoever asked for help with
 * `--help` or `-h` gets the use alone, and exit code 0.
 *
 * @param options exit code where something is wrong; default 1
 */
export function usageProblem(error: unknown, usage: string, options: { readonly exitCode?: number } = {}): Problem {
  const message = error instanceof Error ? error.message : String(error);
  if (/^Unknown option '(--help|-h)'/.test(message)) return new Problem(usage, { cause: error, exitCode: 0 });
  // The rest of it speaks of arguments that begin with a hyphen, which no command takes.
  const [what = message] = message.split(/\.? To specify a positional argument/);
  return new Problem(`${what}\n${usage}`, { cause: error, ...options });
}
