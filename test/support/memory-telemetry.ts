import type { Metric, Telemetry } from '../../shared/ports/index.ts';

/** Records what is counted and logged. */
export class MemoryTelemetry implements Telemetry {
  readonly counts: { readonly metric: Metric; readonly value: number; readonly workflow: string }[] = [];
  readonly lines: { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];

  count(metric: Metric, value: number, workflow: string): void {
    this.counts.push({ metric, value, workflow });
  }

  log(event: string, fields: Readonly<Record<string, string | number | boolean | null>>): void {
    this.lines.push({ event, fields });
  }

  sum(metric: Metric): number {
    return this.counts.filter((point) => point.metric === metric).reduce((sum, { value }) => sum + value, 0);
  }
}
