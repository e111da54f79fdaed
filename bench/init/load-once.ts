import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** What the functions ask for as they start. Nothing of it is reached. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  LAMBDA_TASK_ROOT: import.meta.dirname,
  REMIT_CASES_TABLE: 'cases',
  REMIT_LEDGER_TABLE: 'ledger',
  REMIT_TOKENS_TABLE: 'tokens',
  REMIT_BUDGET_TABLE: 'budget',
  REMIT_READINGS_TABLE: 'readings',
  REMIT_SANDBOX_TABLE: 'sandbox',
  REMIT_DEAD_LETTERS_URL: 'https://sqs.eu-central-1.amazonaws.com/111111111111/dead-letters',
  REMIT_INTAKE_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/111111111111/intake',
  REMIT_CASE_MACHINE_ARN: 'arn:aws:states:eu-central-1:111111111111:stateMachine:case',
  REMIT_BATCH_MACHINE_ARN: 'arn:aws:states:eu-central-1:111111111111:stateMachine:batch',
  REMIT_ASK_MACHINE_ARN: 'arn:aws:states:eu-central-1:111111111111:stateMachine:ask',
  REMIT_EVALUATION_MACHINE_ARN: 'arn:aws:states:eu-central-1:111111111111:stateMachine:evaluation',
  REMIT_EVALUATIONS_TABLE: 'evaluations',
  REMIT_SUBJECT_KEY_SECRET: 'remit/subject-key',
  REMIT_RETENTION_DAYS: '400',
  REMIT_INBOUND_BUCKET: 'inbound',
  REMIT_INBOUND_DOMAIN: 'remit.example',
  REMIT_WEBHOOK_SECRET_PREFIX: 'remit/webhook/',
  REMIT_ANTHROPIC_KEY_SECRET: 'remit/anthropic-api-key',
  REMIT_CLAUDE_MODEL: 'none',
  REMIT_MAIL_FROM: 'agents@remit.example',
  REMIT_PUBLIC_URL: 'https://remit.example',
  REMIT_VERSIONS: '{"code":"none","workflows":{}}',
  REMIT_SIGNIN_ISSUER: 'https://cognito-idp.eu-central-1.amazonaws.com/pool',
  REMIT_SIGNIN_CLIENT: 'client',
};

/** The clock starts when Node is up, as Lambda counts it, and stops when the handler is there. */
const PROGRAM = `
const start = performance.now();
const { handler } = await import(process.argv[1]);
const tookMs = performance.now() - start;
if (typeof handler !== 'function') throw new Error('it has no handler');
console.log(tookMs);
`;

/** Milliseconds in which a fresh process loads the bundle and has its handler. */
export async function loadOnceMs(bundle: string): Promise<number> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', PROGRAM, pathToFileURL(bundle).href],
    { env: ENVIRONMENT },
  );
  return Number(stdout);
}
