import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Metric, Telemetry } from '../ports/index.ts';

const UNITS: Partial<Record<Metric, keyof typeof MetricUnit>> = {
  DecisionLatency: 'Milliseconds',
  ModelCost: 'NoUnit',
};

/** Metrics and logs as lines of CloudWatch Logs: metrics in its embedded format, by workflow and over all. */
export class PowertoolsTelemetry implements Telemetry {
  readonly #logger: Logger;
  readonly #namespace: string;

  constructor(options: { readonly function: string; readonly namespace: string }) {
    this.#logger = new Logger({ serviceName: options.function });
    this.#namespace = options.namespace;
  }

  count(metric: Metric, value: number, workflow: string): void {
    const unit = MetricUnit[UNITS[metric] ?? 'Count'];
    const single = new Metrics({
      namespace: this.#namespace,
      serviceName: 'remit',
      singleMetric: true,
      defaultDimensions: { workflow },
    });
    single.addMetric(metric, unit, value);
  }

  log(event: string, fields: Readonly<Record<string, string | number | boolean | null>>): void {
    this.#logger.info(event, { ...fields });
  }
}
