import { randomUUID } from 'node:crypto';
import { AwsError } from '../kernel/errors.ts';
import type { Target } from './functions.ts';
import type { LambdaParts } from './parts.ts';
import type { PooledSandbox } from './pool.ts';
import type { SandboxOutcome } from './sandbox/sandbox.ts';

/** Lambda's limits for a synchronous invocation's event and answer. */
const LONGEST_PAYLOAD_BYTES = 6 * 2 ** 20;

/** START, END and REPORT of an invocation in text form, as CloudWatch Logs counts them. */
const PLATFORM_LOG_BYTES = 420;

export interface InvocationRequest {
  readonly target: Target;
  /** JSON text. */
  readonly payload: string;
  readonly traceId: string | null;
  /** The same over all attempts of an asynchronous invocation; default new. */
  readonly requestId?: string;
}

export interface InvocationResult {
  readonly requestId: string;
  /** JSON text: the answer, or the error. */
  readonly payload: string;
  readonly functionError: 'Unhandled' | null;
  readonly executedVersion: string;
}

/** Runs one invocation to its end. Throws AwsError only where the function could not be started at all. */
export function invokeFunction(parts: LambdaParts, request: InvocationRequest): Promise<InvocationResult> {
  checkPayload(request.payload);
  const requestId = request.requestId ?? randomUUID();
  const { pool } = request.target.fn;
  return parts.activity.track(
    pool.use(request.target, async (pooled) => {
      const outcome = await runIn(parts, pooled, request, requestId);
      record(parts, request, outcome, pooled.sandbox.takeInitMs());
      return resultOf(outcome, request.target, requestId);
    }),
  );
}

function checkPayload(payload: string): void {
  if (Buffer.byteLength(payload) > LONGEST_PAYLOAD_BYTES) {
    const message = `Request must be smaller than ${LONGEST_PAYLOAD_BYTES} bytes for the InvokeFunction operation`;
    throw new AwsError('RequestTooLargeException', message, { status: 413 });
  }
  try {
    JSON.parse(payload);
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${String(error)}`);
  }
}

async function runIn(
  parts: LambdaParts,
  pooled: PooledSandbox,
  request: InvocationRequest,
  requestId: string,
): Promise<SandboxOutcome> {
  const { definition } = request.target;
  pooled.traceId = request.traceId;
  const outcome = await pooled.sandbox.invoke({
    requestId,
    payload: request.payload,
    timeoutMs: definition.timeoutMs,
    traceHeader: traceHeader(request.traceId),
    clockOffsetMs: parts.clock.now() - Date.now(),
    invokedFunctionArn: request.target.arn,
  });
  return isTooLong(outcome) ? tooLong(outcome) : outcome;
}

function traceHeader(traceId: string | null): string {
  return traceId === null ? '' : `${traceId};Parent=0000000000000000;Sampled=0`;
}

function record(parts: LambdaParts, request: InvocationRequest, outcome: SandboxOutcome, initMs: number): void {
  const { definition } = request.target;
  const billedMs = Math.max(1, Math.ceil(outcome.durationMs));
  parts.meter.add(request.traceId, 'lambda-requests', 1);
  parts.meter.add(request.traceId, `lambda-gb-ms-${definition.architecture}`, (billedMs * definition.memoryMb) / 1024);
  const initGbMs = (Math.ceil(initMs) * definition.memoryMb) / 1024;
  if (initGbMs > 0) parts.meter.add(request.traceId, `lambda-init-gb-ms-${definition.architecture}`, initGbMs);
  parts.meter.add(request.traceId, 'log-bytes', PLATFORM_LOG_BYTES);
  parts.onInvoked({ functionName: definition.name, durationMs: outcome.durationMs, isError: !outcome.ok });
  if (!outcome.ok) parts.logs.write(definition.name, JSON.stringify(outcome.error), request.traceId);
}

function resultOf(outcome: SandboxOutcome, target: Target, requestId: string): InvocationResult {
  return {
    requestId,
    payload: outcome.ok ? outcome.payload : JSON.stringify(outcome.error),
    functionError: outcome.ok ? null : 'Unhandled',
    executedVersion: target.version,
  };
}

function isTooLong(outcome: SandboxOutcome): boolean {
  return outcome.ok && Buffer.byteLength(outcome.payload) > LONGEST_PAYLOAD_BYTES;
}

function tooLong(outcome: SandboxOutcome): SandboxOutcome {
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${LONGEST_PAYLOAD_BYTES} bytes).`;
  return {
    ok: false,
    error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage },
    durationMs: outcome.durationMs,
  };
}
