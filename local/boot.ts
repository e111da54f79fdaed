import { createApiGateway } from './apigateway/index.ts';
import { filesThatStart } from './boot/files-that-start.ts';
import { diskError, type Home, openHome } from './boot/home.ts';
import { logRetentionDays } from './boot/log-retention.ts';
import { policiesOfServices } from './boot/policies-of-services.ts';
import { provisionStack } from './boot/provision.ts';
import { secretName } from './boot/provision-keeping.ts';
import { roleAccess } from './boot/role-access.ts';
import { apiPoints, lambdaPoints } from './boot/service-metrics.ts';
import { type AwsServices, createServices } from './boot/services.ts';
import { templateVersions } from './boot/template-versions.ts';
import { Dispatcher, type Endpoint, listen } from './endpoint/index.ts';
import { createIam, type RoleUsage } from './iam/index.ts';
import { Activity } from './kernel/activity.ts';
import { MovableClock } from './kernel/clock.ts';
import type { Place } from './kernel/names.ts';
import type { Dispatch } from './kernel/service.ts';
import { Store } from './kernel/store.ts';
import { createLambda, LAMBDA_ROUTES, type LambdaService } from './lambda/index.ts';
import { createMeter, type MeterReport } from './meter/index.ts';
import { createSignin, type Signin } from './signin/index.ts';
import { createSurface } from './surface/index.ts';
import {
  type Assembly,
  BootError,
  emptyAssembly,
  type Resource,
  readAssembly,
  resolveStacks,
} from './template/index.ts';

export { BootError } from './template/index.ts';

export interface BootOptions {
  /** A cdk.out folder; null for an empty endpoint, which tools fill over the API. */
  readonly assembly: string | null;
  /** Folder for all data. */
  readonly home: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Values for parameters of the template without a default. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly anthropicApiKey?: string | null;
  /** How many invocations of one function run at once; default 4, for a small machine. */
  readonly sandboxesPerFunction?: number;
  /** Milliseconds since the epoch at which the clock begins if it would be earlier; null, the default, for real time. */
  readonly notBeforeMs?: number | null;
}

export interface Runtime {
  /** `http://127.0.0.1:4700` */
  readonly url: string;
  readonly clock: MovableClock;
  /** Resolves when nothing is in flight any more. */
  readonly whenIdle: () => Promise<void>;
  /** Calls of any service as the operator. */
  readonly dispatch: Dispatch;
  readonly resources: readonly Resource[];
  readonly services: AwsServices;
  readonly meter: (executionName?: string) => MeterReport;
  readonly access: () => readonly RoleUsage[];
  /** Ends everything without ending any case: the next boot on the same home goes on. */
  readonly stop: () => Promise<void>;
}

/**
 * Boots the stacks of an assembly on this machine. Throws BootError, whose message is one sentence for a person, when
 * the assembly, the data folder or the port cannot be used.
 */
export async function bootRuntime(options: BootOptions): Promise<Runtime> {
  const assembly = options.assembly === null ? emptyAssembly() : readAssembly(options.assembly);
  const home = openHome(options.home);
  let endpoint: Endpoint | null = null;
  try {
    endpoint = await listen(options.port);
    return await bootOn(options, assembly, home, endpoint);
  } catch (error) {
    await endpoint?.stop();
    home.release();
    throw error instanceof BootError || !isDiskTrouble(error) ? error : diskError(options.home, error);
  }
}

async function bootOn(options: BootOptions, assembly: Assembly, home: Home, endpoint: Endpoint): Promise<Runtime> {
  const core = await makeCore(options, assembly, home, endpoint);
  const { store, clock, activity, place, meter, iam, dispatcher, signin, aws, lambda } = core;
  const versions = templateVersions(store, (parentArn) => aws.states.lastVersion(parentArn));
  const resources = resolveStacks(assembly, {
    place,
    endpoint: endpoint.url,
    versionNumber: versions.numberOf,
    ...(options.parameters === undefined ? {} : { parameters: options.parameters }),
  });
  const api = createApiGateway({
    clock,
    activity,
    place,
    dispatch: dispatcher.dispatch,
    meter,
    signin,
    onAnswered: (facts) => {
      for (const point of apiPoints(facts, clock.now())) aws.cloudwatch.recordMetric(point);
    },
  });
  const anthropicApiKey = options.anthropicApiKey ?? null;
  iam.readResourcePolicies(policiesOfServices(aws, place));
  const stack = { assembly, resources, place, endpoint: endpoint.url, aws, lambda, iam, api, signin };
  provisionStack({ ...stack, anthropicApiKey });
  versions.settle((parentArn, number) => removeVersion(core, parentArn, number));
  const surface = createSurface({
    dispatch: dispatcher.dispatch,
    signin,
    meter,
    access: () => roleAccess(iam, resources),
    caughtMails: (filter) => aws.ses.caughtMails(filter),
    addressesForMail: () => aws.ses.addressesForMail(),
    receiveMail: async (mail) => {
      const received = await aws.ses.receive(mail);
      meter.add(mail.traceId, 'mails-received', 1);
      return received;
    },
    eraseTexts: async (texts) => ({
      mails: await aws.ses.eraseTexts(texts),
      executions: await aws.states.eraseTexts(texts),
    }),
    alarms: () => aws.cloudwatch.alarms(),
    metrics: () => aws.cloudwatch.metrics(),
    clock,
    secretNames: resources.filter((one) => one.type === 'AWS::SecretsManager::Secret').map(secretName),
    effectsTable: effectsTable(resources),
    filesThatStart: filesThatStart(resources),
  });
  for (const service of aws.all) service.start();
  lambda.start();
  endpoint.open({ dispatch: dispatcher.dispatchFromWire, surface, api: api.handle });
  return {
    url: endpoint.url,
    clock,
    whenIdle: () => activity.whenIdle(),
    dispatch: dispatcher.dispatch,
    resources,
    services: aws,
    meter: meter.report,
    access: iam.usage,
    stop: () => stopAll(core, endpoint, home),
  };
}

async function makeCore(options: BootOptions, assembly: Assembly, home: Home, endpoint: Endpoint): Promise<Core> {
  const store = new Store(home.dataFile);
  const activity = new Activity();
  const clock = new MovableClock(store, activity, options.notBeforeMs ?? 0);
  const place = placeOf(assembly);
  const iam = createIam({ store, place, unknownRolesMayDoAll: options.assembly === null });
  const meter = createMeter(store, { logRetentionDays: logRetentionDays(assembly) });
  const dispatcher = new Dispatcher({ iam, meter, clock });
  const { dispatch } = dispatcher;
  const base = { store, clock, activity, place, dispatch, meter, endpoint: endpoint.url };
  const aws = createServices(base);
  const lambda = createLambda({
    ...base,
    callers: endpoint.callers,
    logFolder: home.logFolder,
    codeFolder: home.codeFolder,
    compileCacheFolder: home.compileCacheFolder,
    ...(options.sandboxesPerFunction === undefined ? {} : { sandboxesPerFunction: options.sandboxesPerFunction }),
    onLogLine: (functionName, line, traceId) => {
      meter.add(traceId, 'log-bytes', Buffer.byteLength(line) + LOG_EVENT_OVERHEAD_BYTES);
      aws.cloudwatch.ingestLogLine({ logGroup: `/aws/lambda/${functionName}`, line, atMs: clock.now() });
    },
    onInvoked: (facts) => {
      for (const point of lambdaPoints(facts, clock.now())) aws.cloudwatch.recordMetric(point);
    },
    whenMessage: (queueName) => aws.sqs.whenMessage(queueName),
  });
  for (const service of [...aws.all, lambda]) dispatcher.register(service);
  endpoint.addRoutes([...LAMBDA_ROUTES, ...aws.routes]);
  endpoint.addProtocol(aws.s3.protocol);
  const signin = await createSignin({ store, clock });
  return { store, clock, activity, place, iam, meter, dispatcher, aws, lambda, signin };
}

/** What takes up work stops first, what keeps it last. */
async function stopAll(core: Core, endpoint: Endpoint, home: Home): Promise<void> {
  await core.lambda.stop();
  for (const service of core.aws.all.toReversed()) service.stop();
  await endpoint.stop();
  core.clock.stop();
  await comeToRest();
  core.meter.stop();
  core.store.close();
  home.release();
}

/** What was being written when everything stopped may still be followed by a write or two. */
async function comeToRest(): Promise<void> {
  for (let turn = 0; turn < LAST_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const LAST_TURNS = 20;

/** What CloudWatch Logs counts for each event beside its text. */
const LOG_EVENT_OVERHEAD_BYTES = 26;

/** An account and a region to stand for where the stack was synthesized for none. */
function placeOf(assembly: Assembly): Place {
  return { partition: 'aws', region: assembly.region ?? 'us-east-1', accountId: assembly.accountId ?? '000000000000' };
}

function removeVersion({ aws, lambda }: Core, parentArn: string, number: number): void {
  const name = parentArn.slice(parentArn.lastIndexOf(':') + 1);
  if (parentArn.startsWith('arn:aws:states:')) aws.states.removeVersion(`${parentArn}:${number}`);
  else lambda.removeVersion(name, String(number));
}

function effectsTable(resources: readonly Resource[]): string | null {
  const tables = resources.filter((resource) => resource.type.startsWith('AWS::DynamoDB::'));
  return tables.find(({ logicalId, physicalId }) => /sandbox/i.test(`${logicalId} ${physicalId}`))?.physicalId ?? null;
}

function isDiskTrouble(error: unknown): boolean {
  const code = String((error as NodeJS.ErrnoException | null)?.code ?? '');
  return ['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'ERR_SQLITE_ERROR'].includes(code);
}

interface Core {
  readonly store: Store;
  readonly clock: MovableClock;
  readonly activity: Activity;
  readonly place: Place;
  readonly iam: ReturnType<typeof createIam>;
  readonly meter: ReturnType<typeof createMeter>;
  readonly dispatcher: Dispatcher;
  readonly aws: AwsServices;
  readonly lambda: LambdaService;
  readonly signin: Signin;
}
