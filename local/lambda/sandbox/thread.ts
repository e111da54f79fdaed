/** The inside of a sandbox: loads the function's bundle and runs one invocation after the other. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { errorPayload } from './error-payload.ts';
import type { ErrorPayload, InvokeMessage, SandboxMessage, SandboxStart } from './messages.ts';
import { installMovedDate, moveDate } from './moved-date.ts';

/** Stands before its use, because the thread begins to work while this file is still being run. */
class HandlerNotFound extends Error {
  override readonly name = 'HandlerNotFound';
}

const start = workerData as SandboxStart;

enableCompileCache(start.compileCacheFolder);
installMovedDate();
moveDate(start.clockOffsetMs);
captureOutput();
process.on('uncaughtException', (error) => post({ type: 'broken', error: errorPayload(error) }));
process.on('unhandledRejection', (reason) => post({ type: 'broken', error: unhandledRejection(reason) }));
await load().then(serve, (error) => post({ type: 'init-failed', error: initError(error) }));

type Handler = (event: unknown, context: unknown) => unknown;

async function load(): Promise<Handler> {
  const module = (await import(start.moduleUrl)) as Record<string, unknown>;
  const inDefault = (module['default'] as Record<string, unknown> | undefined)?.[start.exportName];
  const handler = module[start.exportName] ?? inDefault;
  if (typeof handler === 'function') return handler as Handler;
  throw new HandlerNotFound(`${start.handler} is undefined or not exported`);
}

function serve(handler: Handler): void {
  parentPort?.on('message', (message: InvokeMessage) => {
    void run(handler, message).then(post);
  });
  post({ type: 'ready' });
  flushCompileCache();
}

async function run(handler: Handler, message: InvokeMessage): Promise<SandboxMessage> {
  const endsAtMs = performance.now() + message.timeoutMs;
  process.env['_X_AMZN_TRACE_ID'] = message.traceHeader;
  moveDate(message.clockOffsetMs);
  try {
    const result = await handler(JSON.parse(message.payload), contextOf(message, endsAtMs));
    return { type: 'result', payload: JSON.stringify(result) ?? 'null' };
  } catch (error) {
    return { type: 'failed', error: errorPayload(error) };
  }
}

function contextOf(message: InvokeMessage, endsAtMs: number): object {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: process.env['AWS_LAMBDA_FUNCTION_VERSION'],
    invokedFunctionArn: message.invokedFunctionArn,
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    awsRequestId: message.requestId,
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(endsAtMs - performance.now())),
  };
}

/** Lines go to the main thread in order with the results, so that none is lost when the sandbox is ended. */
function captureOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      post({ type: 'output', text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8') });
      const done = rest.find((argument) => typeof argument === 'function') as (() => void) | undefined;
      if (done !== undefined) queueMicrotask(done);
      return true;
    };
  }
}

function initError(error: unknown): ErrorPayload {
  const payload = errorPayload(error);
  if (error instanceof HandlerNotFound) return { ...payload, errorType: 'Runtime.HandlerNotFound' };
  const isMissingModule = (error as { code?: unknown } | null)?.code === 'ERR_MODULE_NOT_FOUND';
  if (isMissingModule)
    return { ...payload, errorType: 'Runtime.ImportModuleError', errorMessage: `Error: ${payload.errorMessage}` };
  if (error instanceof SyntaxError) return { ...payload, errorType: 'Runtime.UserCodeSyntaxError' };
  return payload;
}

function unhandledRejection(reason: unknown): ErrorPayload {
  const payload = errorPayload(reason);
  return {
    ...payload,
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: `${payload.errorType}: ${payload.errorMessage}`,
  };
}

function post(message: SandboxMessage): void {
  parentPort?.postMessage(message);
}
