import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import { constrainedMemory } from 'node:process';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { BootError } from './template/index.ts';

/** What the environment tells the local runtime. */
export interface Settings {
  /** `--port` or `REMIT_PORT`, default 4700; 0 for any free port. */
  readonly port: number;
  /** `REMIT_HOME`, default `.remit` (`.remit/bare` for an endpoint without a stack): the folder with all data. */
  readonly home: string;
  /** `REMIT_SANDBOXES`: how many invocations of one function run at once; default by the machine's memory, 2 to 4. */
  readonly sandboxesPerFunction: number;
  /**
   * `REMIT_NOT_BEFORE` (ISO 8601): milliseconds since the epoch at which the clock begins where it would be earlier; null
   * for real time.
   */
  readonly notBeforeMs: number | null;
  /** Put as the value of the secret whose name ends with `anthropic-api-key`. */
  readonly anthropicApiKey: string | null;
}

/** What the command line tells it. */
export interface CommandLine {
  /** A cdk.out folder, default `cdk.out`; null with `--bare`. */
  readonly assembly: string | null;
  readonly port: string | null;
}

const DEFAULT_ASSEMBLY = 'cdk.out';

/** Parses the arguments after the program's name. Throws BootError saying what is wrong. */
export function readCommandLine(args: readonly string[]): CommandLine {
  try {
    const options = { bare: { type: 'boolean' }, port: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [folder = DEFAULT_ASSEMBLY, ...rest] = positionals;
    if (rest.length > 0) throw new Error(`There is one folder to boot, not ${positionals.length}`);
    if (values.bare === true && positionals.length > 0) throw new Error('An endpoint without a stack takes no folder');
    return { assembly: values.bare === true ? null : folder, port: values.port ?? null };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new BootError(`${message}. Usage: [cdk.out folder | --bare] [--port N]`);
  }
}

/** Parses the environment; the command line's port counts before it. Throws BootError naming what is wrong. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  commandLine: CommandLine = { assembly: DEFAULT_ASSEMBLY, port: null },
): Settings {
  const parsed = Environment.safeParse({ ...environment, REMIT_PORT: commandLine.port ?? environment['REMIT_PORT'] });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const variable = issue?.path.join('.');
    const name = variable === 'REMIT_PORT' && commandLine.port !== null ? '--port' : variable;
    throw new BootError(`The setting ${name} is wrong: ${issue?.message}.`);
  }
  const { REMIT_PORT, REMIT_HOME, REMIT_SANDBOXES, REMIT_NOT_BEFORE, ANTHROPIC_API_KEY } = parsed.data;
  const home = REMIT_HOME ?? (commandLine.assembly === null ? '.remit/bare' : '.remit');
  return {
    port: REMIT_PORT,
    home: resolve(home),
    sandboxesPerFunction: REMIT_SANDBOXES ?? sandboxesFor(Math.min(totalmem(), constrainedMemory() || Infinity)),
    notBeforeMs: REMIT_NOT_BEFORE ?? null,
    anthropicApiKey: ANTHROPIC_API_KEY || null,
  };
}

/** One for each 2 GiB: a stack has some 15 functions, and each sandbox takes 20 to 60 MB. */
export function sandboxesFor(memoryBytes: number): number {
  return Math.min(4, Math.max(2, Math.floor(memoryBytes / 2 ** 31)));
}

const Environment = z.object({
  REMIT_PORT: z
    .string()
    .default('4700')
    .refine((text) => /^\d+$/.test(text) && Number(text) <= 65_535, 'it must be a port number from 0 to 65535')
    .transform(Number),
  REMIT_HOME: z.string().min(1, 'it must name a folder').optional(),
  REMIT_SANDBOXES: z
    .string()
    .refine((text) => /^[1-9]\d{0,2}$/.test(text), 'it must be a whole number from 1 to 999')
    .transform(Number)
    .optional(),
  REMIT_NOT_BEFORE: z.iso
    .datetime({ offset: true, error: 'it must be a time such as 2027-01-06T10:00:00Z' })
    .transform((text) => Date.parse(text))
    .optional(),
  ANTHROPIC_API_KEY: z.string().optional(),
});
