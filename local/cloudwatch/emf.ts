import { z } from 'zod';
import type { MetricPoint } from './metric.ts';

const Directive = z.object({
  Namespace: z.string(),
  Dimensions: z.array(z.array(z.string())).default([[]]),
  Metrics: z.array(z.object({ Name: z.string(), Unit: z.string().default('None') })),
});

const EmbeddedMetrics = z.looseObject({
  _aws: z.object({ Timestamp: z.number(), CloudWatchMetrics: z.array(Directive) }),
});

/**
 * The metric values in a log line in CloudWatch's embedded metric format; none in any other line. A dimension that the
 * line does not have a value for drops its dimension set, a metric without a number is left out.
 */
export function pointsInLogLine(line: string): MetricPoint[] {
  if (!line.includes('"_aws"')) return [];
  const parsed = EmbeddedMetrics.safeParse(parseJson(line));
  if (!parsed.success) return [];
  const { _aws: head, ...members } = parsed.data;
  return head.CloudWatchMetrics.flatMap((directive) =>
    directive.Dimensions.flatMap((names) => {
      const dimensions = dimensionValues(names, members);
      if (dimensions === null) return [];
      return directive.Metrics.flatMap(({ Name, Unit }) =>
        numbersOf(members[Name]).map((value) => ({
          namespace: directive.Namespace,
          metricName: Name,
          dimensions,
          value,
          unit: Unit,
          atMs: head.Timestamp,
        })),
      );
    }),
  );
}

function dimensionValues(names: readonly string[], members: Record<string, unknown>): Record<string, string> | null {
  const values: Record<string, string> = {};
  for (const name of names) {
    const value = members[name];
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
    values[name] = String(value);
  }
  return values;
}

function numbersOf(value: unknown): number[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((item) => typeof item === 'number');
}

function parseJson(line: string): unknown {
  const start = line.indexOf('{');
  try {
    return JSON.parse(line.slice(start));
  } catch {
    return null;
  }
}
