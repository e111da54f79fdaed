import * as z from 'zod';

/** The only place where the environment is read: a missing variable stops the start and is named. */
const Environment = {
  REMIT_CASES_TABLE: z.string().min(1),
  REMIT_LEDGER_TABLE: z.string().min(1),
  REMIT_TOKENS_TABLE: z.string().min(1),
  REMIT_BUDGET_TABLE: z.string().min(1),
  REMIT_READINGS_TABLE: z.string().min(1),
  REMIT_SANDBOX_TABLE: z.string().min(1),
  REMIT_DEAD_LETTERS_URL: z.url(),
  REMIT_INTAKE_QUEUE_URL: z.url(),
  REMIT_CASE_MACHINE_ARN: z.string().startsWith('arn:'),
  REMIT_ASK_MACHINE_ARN: z.string().startsWith('arn:'),
  REMIT_BATCH_MACHINE_ARN: z.string().startsWith('arn:'),
  REMIT_EVALUATION_MACHINE_ARN: z.string().startsWith('arn:'),
  REMIT_EVALUATIONS_TABLE: z.string().min(1),
  REMIT_WEBHOOK_SECRET_PREFIX: z.string().min(1),
  REMIT_ANTHROPIC_KEY_SECRET: z.string().min(1),
  REMIT_ANTHROPIC_BASE_URL: z.url(),
  REMIT_MODEL_PROVIDER: z.enum(['anthropic', 'bedrock']),
  AWS_REGION: z.string().min(1),
  REMIT_CLAUDE_FAST_MODEL: z.string().min(1),
  REMIT_CLAUDE_MODEL: z.string().min(1),
  REMIT_CLAUDE_DEEP_MODEL: z.string().min(1),
  REMIT_SUBJECT_KEY_SECRET: z.string().min(1),
  REMIT_RETENTION_DAYS: z.coerce.number().int().min(1),
  REMIT_MAIL_FROM: z.email(),
  REMIT_INBOUND_BUCKET: z.string().min(1),
  REMIT_INBOUND_DOMAIN: z.string().min(1),
  AWS_ENDPOINT_URL: z.url(),
  REMIT_CONNECTOR_SECRET_PREFIX: z.string().min(1),
  REMIT_FILES_BUCKET: z.string().min(1),
  REMIT_EVENT_BUS: z.string().min(1),
  REMIT_PUBLIC_URL: z.url(),
  REMIT_VERSIONS: z.string().min(2),
  REMIT_SIGNIN_ISSUER: z.url(),
  REMIT_SIGNIN_CLIENT: z.string().min(1),
  LAMBDA_TASK_ROOT: z.string().min(1),
  AWS_LAMBDA_FUNCTION_NAME: z.string().min(1),
} as const;

type Name = keyof typeof Environment;

export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** @throws EnvironmentError that names the variable. */
export function setting(name: Name): string {
  const parsed = Environment[name].safeParse(process.env[name]);
  if (parsed.success) return String(parsed.data);
  throw new EnvironmentError(
    `The environment variable ${name} is missing or not usable: ${z.prettifyError(parsed.error)}`,
  );
}

/** Null where it is not set, or empty. */
export function optional(name: Name): string | null {
  return process.env[name] === undefined || process.env[name] === '' ? null : setting(name);
}

/** Lambda sets it anew for each call. */
export function traceId(): string | null {
  return /Root=([^;]+)/.exec(process.env['_X_AMZN_TRACE_ID'] ?? '')?.[1] ?? null;
}
