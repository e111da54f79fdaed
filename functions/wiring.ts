import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { BedrockSigner } from '../shared/aws/bedrock-signer.ts';
import { BundleAssets } from '../shared/aws/bundle-assets.ts';
import { DynamoBatchStore } from '../shared/aws/dynamo-batch-store.ts';
import { DynamoBudget } from '../shared/aws/dynamo-budget.ts';
import { DynamoCaseStore } from '../shared/aws/dynamo-case-store.ts';
import { DynamoErasureStore } from '../shared/aws/dynamo-erasure-store.ts';
import { DynamoEvaluationStore } from '../shared/aws/dynamo-evaluation-store.ts';
import { DynamoExampleStore } from '../shared/aws/dynamo-example-store.ts';
import { DynamoHistoryStore } from '../shared/aws/dynamo-history-store.ts';
import { DynamoPeopleStore } from '../shared/aws/dynamo-people-store.ts';
import { DynamoReadingStore } from '../shared/aws/dynamo-reading-store.ts';
import { DynamoRecordStore } from '../shared/aws/dynamo-record-store.ts';
import { DynamoRequestStore } from '../shared/aws/dynamo-request-store.ts';
import { DynamoSettingsStore } from '../shared/aws/dynamo-settings-store.ts';
import { DynamoShapeStore } from '../shared/aws/dynamo-shape-store.ts';
import { DynamoStepStore } from '../shared/aws/dynamo-step-store.ts';
import { DynamoTokenStore } from '../shared/aws/dynamo-token-store.ts';
import { LogTelemetry } from '../shared/aws/log-telemetry.ts';
import { SecretSubjectDigests } from '../shared/aws/secret-subject-digests.ts';
import type { Credentials } from '../shared/aws/sign-request.ts';
import { SignedCalls } from '../shared/aws/signed-calls.ts';
import { SignedMailer } from '../shared/aws/signed-mailer.ts';
import { secretText } from '../shared/aws/signed-secret.ts';
import { StepFunctionsExecutions } from '../shared/aws/step-functions-executions.ts';
import { systemClock, systemIds } from '../shared/aws/system.ts';
import { UserPool } from '../shared/aws/user-pool.ts';
import type { Versions } from '../shared/contracts/index.ts';
import type { Mailer } from '../shared/ports/index.ts';
import { optional, setting, traceId } from './environment.ts';

/** Each function calls just the builders that it needs, as it starts. */
export const dynamoDb = /* @__PURE__ */ once(() => new DynamoDBClient({}));
const stepFunctions = /* @__PURE__ */ once(() => new SFNClient({}));

export const clock = systemClock;
export const ids = systemIds;

export const telemetry = /* @__PURE__ */ once(
  () =>
    new LogTelemetry({
      function: setting('AWS_LAMBDA_FUNCTION_NAME'),
      namespace: 'Remit',
      clock,
      traceId,
      write: (line) => process.stdout.write(line),
    }),
);
export const cases = /* @__PURE__ */ once(
  () => new DynamoCaseStore(dynamoDb(), { cases: setting('REMIT_CASES_TABLE'), ledger: setting('REMIT_LEDGER_TABLE') }),
);
export const requests = /* @__PURE__ */ once(() => new DynamoRequestStore(dynamoDb(), setting('REMIT_CASES_TABLE')));
export const settings = /* @__PURE__ */ once(() => new DynamoSettingsStore(dynamoDb(), setting('REMIT_CASES_TABLE')));
export const steps = /* @__PURE__ */ once(() => new DynamoStepStore(dynamoDb(), setting('REMIT_CASES_TABLE')));
export const budget = /* @__PURE__ */ once(() => new DynamoBudget(dynamoDb(), setting('REMIT_BUDGET_TABLE')));
export const people = /* @__PURE__ */ once(() => new DynamoPeopleStore(dynamoDb(), setting('REMIT_CASES_TABLE')));
export const shapes = /* @__PURE__ */ once(() => new DynamoShapeStore(dynamoDb(), setting('REMIT_CASES_TABLE')));
export const records = /* @__PURE__ */ once(() => new DynamoRecordStore(dynamoDb(), setting('REMIT_CASES_TABLE')));
export const history = /* @__PURE__ */ once(() => new DynamoHistoryStore(dynamoDb(), setting('REMIT_CASES_TABLE')));
export const readings = /* @__PURE__ */ once(() => new DynamoReadingStore(dynamoDb(), setting('REMIT_READINGS_TABLE')));
export const tokens = /* @__PURE__ */ once(
  () =>
    new DynamoTokenStore(dynamoDb(), { cases: setting('REMIT_CASES_TABLE'), tokens: setting('REMIT_TOKENS_TABLE') }),
);
export const examples = /* @__PURE__ */ once(() => new DynamoExampleStore(dynamoDb(), setting('REMIT_CASES_TABLE')));
export const batchStore = /* @__PURE__ */ once(
  () => new DynamoBatchStore(dynamoDb(), setting('REMIT_CASES_TABLE'), () => clock.nowMs()),
);

export const inbound = /* @__PURE__ */ once(() => ({
  bucket: setting('REMIT_INBOUND_BUCKET'),
  domain: setting('REMIT_INBOUND_DOMAIN'),
  mailFrom: setting('REMIT_MAIL_FROM'),
}));
export const caseExecutions = /* @__PURE__ */ once(
  () => new StepFunctionsExecutions(stepFunctions(), setting('REMIT_CASE_MACHINE_ARN')),
);
export const askExecutions = /* @__PURE__ */ once(
  () => new StepFunctionsExecutions(stepFunctions(), setting('REMIT_ASK_MACHINE_ARN')),
);
export const batchExecutions = /* @__PURE__ */ once(
  () => new StepFunctionsExecutions(stepFunctions(), setting('REMIT_BATCH_MACHINE_ARN')),
);
export const evaluationExecutions = /* @__PURE__ */ once(
  () => new StepFunctionsExecutions(stepFunctions(), setting('REMIT_EVALUATION_MACHINE_ARN')),
);
export const evaluations = /* @__PURE__ */ once(
  () => new DynamoEvaluationStore(dynamoDb(), setting('REMIT_EVALUATIONS_TABLE'), () => clock.nowMs()),
);
export const mailer = /* @__PURE__ */ once((): Mailer => new SignedMailer(callsOfRole(), mailSender()));
/** As whoever measures keeps them: what is personal as long as this deployment keeps it. */
export const measuredEvaluations = /* @__PURE__ */ once(
  () =>
    new DynamoEvaluationStore(
      dynamoDb(),
      setting('REMIT_EVALUATIONS_TABLE'),
      () => clock.nowMs(),
      Number(setting('REMIT_RETENTION_DAYS')),
    ),
);
export const signedCalls = (credentials: () => Promise<Credentials>) =>
  new SignedCalls({ credentials, region: setting('AWS_REGION'), endpoint: optional('AWS_ENDPOINT_URL'), clock });
/** Signed with the role's credentials, which DynamoDB's client renews anyway. */
export const callsOfRole = /* @__PURE__ */ once(() => signedCalls(() => dynamoDb().config.credentials()));
export const mailSender = /* @__PURE__ */ once(() => ({
  from: setting('REMIT_MAIL_FROM'),
  inboundDomain: optional('REMIT_INBOUND_DOMAIN'),
}));
export const assets = /* @__PURE__ */ once(() => new BundleAssets(setting('LAMBDA_TASK_ROOT')));
export const publicUrl = /* @__PURE__ */ once(() => setting('REMIT_PUBLIC_URL').replace(/\/$/, ''));

export const claudeSettings = /* @__PURE__ */ once(() => ({
  fast: optional('REMIT_CLAUDE_FAST_MODEL'),
  smart: optional('REMIT_CLAUDE_MODEL'),
  deep: optional('REMIT_CLAUDE_DEEP_MODEL'),
  baseUrl: optional('REMIT_ANTHROPIC_BASE_URL') ?? (isBedrock() ? bedrockUrl(setting('AWS_REGION')) : null),
}));

/** Null where models are reached with a key. */
export const modelSigner = /* @__PURE__ */ once(() =>
  isBedrock() ? new BedrockSigner(() => dynamoDb().config.credentials(), setting('AWS_REGION'), clock) : null,
);

function isBedrock(): boolean {
  return optional('REMIT_MODEL_PROVIDER') === 'bedrock';
}

function bedrockUrl(region: string): string {
  return `https://bedrock-runtime.${region}.amazonaws.com`;
}

/** What people are known by, as keyed digests. */
export const subjects = /* @__PURE__ */ once(
  () => new SecretSubjectDigests(() => secretText(callsOfRole(), setting('REMIT_SUBJECT_KEY_SECRET'))),
);
export const erasures = /* @__PURE__ */ once(
  () =>
    new DynamoErasureStore(dynamoDb(), {
      cases: setting('REMIT_CASES_TABLE'),
      ledger: setting('REMIT_LEDGER_TABLE'),
      tokens: setting('REMIT_TOKENS_TABLE'),
      readings: setting('REMIT_READINGS_TABLE'),
      sandbox: setting('REMIT_SANDBOX_TABLE'),
      evaluations: setting('REMIT_EVALUATIONS_TABLE'),
    }),
);
export const retentionDays = /* @__PURE__ */ once(() => Number(setting('REMIT_RETENTION_DAYS')));

export const signIn = /* @__PURE__ */ once(
  () => new UserPool({ issuer: setting('REMIT_SIGNIN_ISSUER'), clientId: setting('REMIT_SIGNIN_CLIENT'), clock }),
);

const DeployedVersions = z.object({ code: z.string(), workflows: z.record(z.string(), z.string()) });

export const versionsOf = /* @__PURE__ */ once(() => {
  const { code, workflows: known } = DeployedVersions.parse(JSON.parse(setting('REMIT_VERSIONS')));
  return (workflow: string): Versions => ({ code, workflow: known[workflow] ?? 'unknown' });
});

/** Made at first use, and marked as free of side effects, so that a bundle holds only the clients that its function needs. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
