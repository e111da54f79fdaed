import { expect, test } from 'vitest';
import { LogTelemetry } from './log-telemetry.ts';

const NOW_MS = Date.parse('2026-11-23T09:00:00.000Z');

test.each([
  ['CasesOpened', 1, 'Count'],
  ['DecisionLatency', 1_234.5, 'Milliseconds'],
  ['ModelCost', 0.0031, 'None'],
] as const)('counts %s as one line of the embedded metric format', (metric, value, unit) => {
  const { telemetry, lines } = listening();

  telemetry.count(metric, value, 'lead-qualification');

  expect(lines).toEqual([
    `{"_aws":{"Timestamp":${NOW_MS},"CloudWatchMetrics":[{"Namespace":"Remit","Dimensions":[["service","workflow"]],"Metrics":[{"Name":"${metric}","Unit":"${unit}"}]}]},"service":"remit","workflow":"lead-qualification","${metric}":${value}}\n`,
  ]);
});

test('logs an event as one line, whatever its text holds', () => {
  const { telemetry, lines } = listening();

  telemetry.log('step-failed', { operation: 'open-case', error: 'two\nlines', tries: 3, isLast: false, cause: null });

  expect(lines).toEqual([
    '{"level":"INFO","message":"step-failed","timestamp":"2026-11-23T09:00:00.000Z","service":"open-case","operation":"open-case","error":"two\\nlines","tries":3,"isLast":false,"cause":null}\n',
  ]);
});

test('names the trace of the call, where there is one', () => {
  const { telemetry, lines } = listening('1-5759e988-bd862e3fe1be46a994272793');
  telemetry.log('case-started', {});
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ xray_trace_id: '1-5759e988-bd862e3fe1be46a994272793' });
});

test('lets no field pass for what the line itself says', () => {
  const { telemetry, lines } = listening();
  telemetry.log('step-failed', { message: 'all is well', service: 'another' });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'step-failed', service: 'open-case' });
});

function listening(trace: string | null = null) {
  const lines: string[] = [];
  const telemetry = new LogTelemetry({
    function: 'open-case',
    namespace: 'Remit',
    clock: { nowMs: () => NOW_MS, sleep: async () => {} },
    traceId: () => trace,
    write: (line) => lines.push(line),
  });
  return { telemetry, lines };
}
