import { resolve } from 'node:path';
import * as z from 'zod';
import { BootError } from './template/index.ts';

/** What the environment tells the local runtime. */
export interface Settings {
  /** `REMIT_PORT`, default 4700; 0 for any free port. */
  readonly port: number;
  /** `REMIT_HOME`, default `.remit`: the folder with all data. */
  readonly home: string;
  /** Put as the value of the secret whose name ends with `anthropic-api-key`. */
  readonly anthropicApiKey: string | null;
}

/** Parses the environment. Throws BootError naming the variable that is wrong. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BootError(`The setting ${issue?.path.join('.')} is wrong: ${issue?.message}.`);
  }
  const { REMIT_PORT, REMIT_HOME, ANTHROPIC_API_KEY } = parsed.data;
  return { port: REMIT_PORT, home: resolve(REMIT_HOME), anthropicApiKey: ANTHROPIC_API_KEY || null };
}

const Environment = z.object({
  REMIT_PORT: z
    .string()
    .default('4700')
    .refine((text) => /^\d+$/.test(text) && Number(text) <= 65_535, 'it must be a port number from 0 to 65535')
    .transform(Number),
  REMIT_HOME: z.string().min(1, 'it must name a folder').default('.remit'),
  ANTHROPIC_API_KEY: z.string().optional(),
});
