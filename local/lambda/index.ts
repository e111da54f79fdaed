import { randomUUID } from 'node:crypto';
import type { Service } from '../kernel/service.ts';
import { AsyncInvocations } from './async-invocations.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { Functions } from './functions.ts';
import { DEFAULT_INVOKE_CONFIG, type InvokeConfig } from './invoke-config.ts';
import { INVOKE_ROUTE, invokeOperation } from './invoke-operation.ts';
import { FunctionLogs } from './logs.ts';
import type { LambdaOptions, LambdaParts } from './parts.ts';
import { type PooledSandbox, SandboxPool } from './pool.ts';
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
  ensureFunction(definition: FunctionDefinition): void;
  ensureVersion(functionName: string, version: string): void;
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
  const configs = new Map<string, InvokeConfig>();
  const pollers: SqsPoller[] = [];
  const queue = new AsyncInvocations(parts, (name, qualifier) => {
    return configs.get(`${name}:${qualifier ?? '$LATEST'}`) ?? DEFAULT_INVOKE_CONFIG;
  });
  return {
    name: 'lambda',
    operations: { Invoke: invokeOperation(parts, queue) },
    ensureFunction: (definition) => parts.functions.add(newFunction(parts, definition, cap)),
    ensureVersion: (name, version) => void parts.functions.get(name).versions.add(version),
    ensureAlias: (name, alias, version) => void parts.functions.get(name).aliases.set(alias, version),
    ensureInvokeConfig: (name, qualifier, config) => void configs.set(`${name}:${qualifier ?? '$LATEST'}`, config),
    ensureSqsMapping: (mapping) => void pollers.push(new SqsPoller(parts, mapping, cap)),
    start: () => {
      queue.resume();
      for (const poller of pollers) poller.start();
    },
    stop: () => stop(parts, pollers, queue),
  };
}

function newFunction(parts: LambdaParts, definition: FunctionDefinition, cap: number) {
  const pool = new SandboxPool({
    cap: Math.min(cap, definition.reservedConcurrency ?? cap),
    reserved: definition.reservedConcurrency,
    start: () => startSandbox(parts, definition),
  });
  return { definition, pool, versions: new Set<string>(), aliases: new Map<string, string>() };
}

/** Each sandbox signs with credentials of its own, which is how its calls are known to be its function's. */
function startSandbox(parts: LambdaParts, definition: FunctionDefinition): PooledSandbox {
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
    environment: sandboxEnvironment(definition, {
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
