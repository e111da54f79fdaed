import type { Clock, Metric, Telemetry } from '../ports/index.ts';

export interface LogTelemetryOptions {
  /** Name of the function that speaks; the `service` of its log lines. */
  readonly function: string;
  readonly namespace: string;
  readonly clock: Clock;
  /** The trace that the call in hand belongs to; null without one. */
  readonly traceId: () => string | null;
  /** Takes one line, its end included. `console.log` will not do: Lambda puts words before what it prints. */
  readonly write: (line: string) => void;
}

/** Metrics and logs as lines of CloudWatch Logs: one JSON object each, metrics in the embedded metric format. */
export class LogTelemetry implements Telemetry {
  readonly #options: LogTelemetryOptions;

  constructor(options: LogTelemetryOptions) {
    this.#options = options;
  }

  count(metric: Metric, value: number, workflow: string): void {
    const { namespace, clock } = this.#options;
    const directive = {
      Namespace: namespace,
      Dimensions: [['service', 'workflow']],
      Metrics: [{ Name: metric, Unit: UNITS[metric] ?? 'Count' }],
    };
    const about = { Timestamp: clock.nowMs(), CloudWatchMetrics: [directive] };
    this.#print({ _aws: about, service: 'remit', workflow, [metric]: value });
  }

  log(event: string, fields: Readonly<Record<string, string | number | boolean | null>>): void {
    const { function: service, clock, traceId } = this.#options;
    const trace = traceId();
    const known = {
      level: 'INFO',
      message: event,
      timestamp: new Date(clock.nowMs()).toISOString(),
      service,
      ...(trace === null ? {} : { xray_trace_id: trace }),
    };
    // No field takes the place of one that every line has.
    this.#print({ ...known, ...fields, ...known });
  }

  #print(line: object): void {
    this.#options.write(`${JSON.stringify(line)}\n`);
  }
}

/** Units of CloudWatch; everything else is counted. */
const UNITS: Partial<Record<Metric, string>> = { DecisionLatency: 'Milliseconds', ModelCost: 'None' };
