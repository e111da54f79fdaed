import type { MetricPoint } from '../cloudwatch/index.ts';
import type { JsonObject } from '../kernel/service.ts';
import type { InvocationFacts } from '../lambda/index.ts';
import type { QueueCounts } from '../sqs/index.ts';

/** What AWS/Lambda says of one invocation. */
export function lambdaPoints({ functionName, durationMs, isError }: InvocationFacts, atMs: number): MetricPoint[] {
  const about = { namespace: 'AWS/Lambda', dimensions: { FunctionName: functionName }, atMs };
  return [
    { ...about, metricName: 'Invocations', value: 1, unit: 'Count' },
    { ...about, metricName: 'Errors', value: isError ? 1 : 0, unit: 'Count' },
    { ...about, metricName: 'Duration', value: durationMs, unit: 'Milliseconds' },
  ];
}

/** What AWS/States says of an execution that began or ended. `detail` is that of its status change event. */
export function statesPoints(detail: JsonObject): MetricPoint[] {
  const dimensions = { StateMachineArn: String(detail['stateMachineArn']) };
  const startedAtMs = Number(detail['startDate']);
  const stoppedAtMs = Number(detail['stopDate']);
  const status = String(detail['status']);
  const metricName = EXECUTION_METRICS[status];
  if (metricName === undefined) return [];
  const atMs = status === 'RUNNING' ? startedAtMs : stoppedAtMs;
  const about = { namespace: 'AWS/States', dimensions, atMs };
  const counted: MetricPoint = { ...about, metricName, value: 1, unit: 'Count' };
  if (status === 'RUNNING') return [counted];
  return [counted, { ...about, metricName: 'ExecutionTime', value: stoppedAtMs - startedAtMs, unit: 'Milliseconds' }];
}

const EXECUTION_METRICS: Readonly<Record<string, string>> = {
  RUNNING: 'ExecutionsStarted',
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
};

/** What AWS/SQS says of the queues at a moment. */
export function queuePoints(queues: readonly QueueCounts[], atMs: number): MetricPoint[] {
  return queues.flatMap((queue) => {
    const about = { namespace: 'AWS/SQS', dimensions: { QueueName: queue.queueName }, atMs };
    return [
      { ...about, metricName: 'ApproximateNumberOfMessagesVisible', value: queue.visible, unit: 'Count' },
      { ...about, metricName: 'ApproximateNumberOfMessagesNotVisible', value: queue.inFlight, unit: 'Count' },
      {
        ...about,
        metricName: 'ApproximateAgeOfOldestMessage',
        value: ageSeconds(queue.oldestAtMs, atMs),
        unit: 'Seconds',
      },
    ];
  });
}

function ageSeconds(sinceMs: number | null, atMs: number): number {
  return sinceMs === null ? 0 : Math.max(0, (atMs - sinceMs) / 1000);
}

export interface ApiAnswerFacts {
  readonly apiId: string;
  readonly status: number;
  readonly durationMs: number;
}

/** What AWS/ApiGateway says of one answer. */
export function apiPoints({ apiId, status, durationMs }: ApiAnswerFacts, atMs: number): MetricPoint[] {
  const about = { namespace: 'AWS/ApiGateway', dimensions: { ApiId: apiId }, atMs };
  return [
    { ...about, metricName: 'Count', value: 1, unit: 'Count' },
    { ...about, metricName: '4xx', value: status >= 400 && status < 500 ? 1 : 0, unit: 'Count' },
    { ...about, metricName: '5xx', value: status >= 500 ? 1 : 0, unit: 'Count' },
    { ...about, metricName: 'Latency', value: durationMs, unit: 'Milliseconds' },
  ];
}
