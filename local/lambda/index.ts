import { randomUUID } from 'node:crypto';
import type { Service } from '../kernel/service.ts';
import { AsyncInvocations } from './async-invocations.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { Functions, type LambdaFunction, type Runnable } from './functions.ts';
import { DEFAULT_INVOKE_CONFIG, type InvokeConfig } from './invoke-config.ts';
import { INVOKE_ROUTE, invokeOperation } from './invoke-operation.ts';
import { KeptCode } from './kept-code.ts';
import { FunctionLogs } from './logs.ts';
import type { LambdaOptions, LambdaParts } from './parts.ts';
import { type PooledSandbox, SandboxPool } from './pool.ts';
import { PublishedVersions } from './published-versions.ts';
import { sandboxEnvironment } from './sandbox/environment.ts';
import { Sandbox } from './sandbox/sandbox.ts';
import { type SqsMapping, SqsPoller } from './sqs-mapping.ts';

export type { FunctionDefinition } from './function-definition.ts';
export { DEFAULT_INVOKE_CONFIG, type InvokeConfig } from './invoke-config.ts';
export type { InvocationFacts, LambdaOptions } from './parts.ts';
export type { SqsMapping } from './sqs-mapping.ts';

const SANDBOXES_PER_FUNCTION = 4;

/** Lambda: the deployed bundles, each in threads of its own with its own environment, role, time-out and memory limit. */
export interface LambdaService extends Service {
  /** Makes the function, or gives it new code and settings. Versions that were published before stay as they were. */
  ensureFunction(definition: FunctionDefinition): void;
  /** Publishes the function as it is now under this number, unless there is such a version. */
  ensureVersion(functionName: string, version: string): void;
  removeVersion(functionName: string, version: string): void;
  ensureAlias(functionName: string, alias: string, version: string): void;
  /** @param qualifier version or alias, null for the function itself. */
  ensureInvokeConfig(functionName: string, qualifier: string | null, config: InvokeConfig): void;
  ensureSqsMapping(mapping: SqsMapping): void;
  /** Begins to poll queues, and takes up asynchronous invocations that were accepted before. */
  start(): void;
  stop(): Promise<void>;
}

export const LAMBDA_ROUTES = [INVOKE_ROUTE];

export function createLambda(options: LambdaOptions): LambdaService {
  const cap = options.sandboxesPerFunction ?? SANDBOXES_PER_FUNCTION;
  const parts: LambdaParts = {
    ...options,
    functions: new Functions(options.place),
    logs: new FunctionLogs(options.logFolder, options.onLogLine),
  };
  const code = new KeptCode(options.codeFolder);
  const published = new PublishedVersions({ store: options.store, code, endpoint: options.endpoint });
  const configs = new Map<string, InvokeConfig>();
  const pollers: SqsPoller[] = [];
  const queue = new AsyncInvocations(parts, (name, qualifier) => {
    return configs.get(`${name}:${qualifier ?? '$LATEST'}`) ?? DEFAULT_INVOKE_CONFIG;
  });
  return {
    name: 'lambda',
    operations: { Invoke: invokeOperation(parts, queue) },
    ensureFunction: (definition) => {
      const latest = { ...definition, codeFolder: code.keep(definition.codeFolder) };
      parts.functions.add(newFunction(parts, latest, published.of(latest.name), cap));
    },
    ensureVersion: (name, version) => {
      const { latest, versions } = parts.functions.get(name);
      if (versions.has(version)) return;
      published.add(latest, version);
      versions.set(version, latest);
    },
    removeVersion: (name, version) => {
      published.remove(name, version);
      parts.functions.maybe(name)?.versions.delete(version);
    },
    ensureAlias: (name, alias, version) => void parts.functions.get(name).aliases.set(alias, version),
    ensureInvokeConfig: (name, qualifier, config) => void configs.set(`${name}:${qualifier ?? '$LATEST'}`, config),
    ensureSqsMapping: (mapping) => void pollers.push(new SqsPoller(parts, mapping, cap)),
    start: () => {
      code.removeOthers(new Set([...published.codeIds(), ...latestCode(parts).map((folder) => code.idOf(folder))]));
      queue.resume();
      for (const poller of pollers) poller.start();
    },
    stop: () => stop(parts, pollers, queue),
  };
}

function newFunction(
  parts: LambdaParts,
  latest: FunctionDefinition,
  versions: Map<string, FunctionDefinition>,
  cap: number,
): LambdaFunction {
  const pool = new SandboxPool({
    cap: Math.min(cap, latest.reservedConcurrency ?? cap),
    reserved: latest.reservedConcurrency,
    start: (runnable) => startSandbox(parts, runnable),
  });
  return { latest, pool, versions, aliases: new Map<string, string>() };
}

function latestCode(parts: LambdaParts): string[] {
  return [...parts.functions.all()].map(({ latest }) => latest.codeFolder);
}

/** Each sandbox signs with credentials of its own, which is how its calls are known to be its function's. */
function startSandbox(parts: LambdaParts, runnable: Runnable): PooledSandbox {
  const { definition } = runnable;
  const credentials = parts.callers.issue(() => ({
    kind: 'role',
    roleArn: definition.roleArn,
    sessionName: definition.name,
    traceId: pooled.traceId,
  }));
  const logStream = randomUUID();
  const sandbox = new Sandbox({
    codeFolder: definition.codeFolder,
    handler: definition.handler,
    memoryMb: definition.memoryMb,
    environment: sandboxEnvironment(runnable, {
      region: parts.place.region,
      endpoint: parts.endpoint,
      credentials,
      logStream,
    }),
    clockOffsetMs: parts.clock.now() - Date.now(),
    compileCacheFolder: parts.compileCacheFolder,
    onOutput: (text) => parts.logs.append(definition.name, logStream, text, pooled.traceId),
  });
  const release = (): void => {
    parts.callers.revoke(credentials.accessKeyId);
    parts.logs.finish(definition.name, logStream);
  };
  const pooled: PooledSandbox = {
    sandbox,
    traceId: null,
    end: () => {
      release();
      sandbox.end();
    },
    abandon: () => {
      release();
      sandbox.abandon();
    },
  };
  return pooled;
}

async function stop(parts: LambdaParts, pollers: readonly SqsPoller[], queue: AsyncInvocations): Promise<void> {
  for (const poller of pollers) poller.stop();
  queue.stop();
  for (const fn of parts.functions.all()) fn.pool.stop();
  await parts.logs.stop();
}
