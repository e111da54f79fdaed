import type { AwsCall } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { ExecutionTraces } from './execution-traces.ts';
import { JoinedTraces } from './joined-traces.ts';
import { pricedCall } from './priced-calls.ts';
import { PRICES, type PricedItem } from './prices.ts';
import { Tally } from './tally.ts';

export { PRICES, type PricedItem } from './prices.ts';

/** Counts what would be billed on AWS, by the trace that it belongs to. Counting costs no write of its own. */
export interface Meter {
  /** `by` tells a call that a function made over the wire from one that a service made on somebody's behalf. */
  readonly call: (call: AwsCall, by: CallOrigin) => void;
  readonly add: (traceId: string | null, item: PricedItem, quantity: number) => void;
  /** Remembers that this execution runs under this trace, so that a case can be found by its execution's name. */
  readonly nameExecution: (name: string, traceId: string) => void;
  /** The trace of the execution of this name that was named first; null when there is none. */
  readonly traceOf: (executionName: string) => string | null;
  /** Whether an execution of another name runs under this trace already. */
  readonly hasExecution: (traceId: string, exceptName: string) => boolean;
  /**
   * Counts what runs under `traceId` to the other trace, too. Without effect where an execution runs under `traceId`
   * itself, or where it counts to another trace already.
   */
  readonly join: (traceId: string, toTraceId: string) => void;
  /** For one execution (with all that ran under its trace), or in total. */
  readonly report: (executionName?: string) => MeterReport;
  readonly stop: () => void;
}

export type CallOrigin = 'function' | 'service' | 'operator';

export interface MeterReport {
  readonly executionName: string | null;
  readonly traceIds: readonly string[];
  /** Calls by `service:Operation`. */
  readonly calls: Readonly<Record<CallOrigin, Readonly<Record<string, number>>>>;
  readonly callsByFunctions: number;
  readonly transitions: number;
  readonly lines: readonly PricedLine[];
  readonly usd: number;
  readonly prices: Pick<typeof PRICES, 'asOf' | 'region' | 'source' | 'checked'>;
  readonly logRetentionDays: number | null;
}

export interface PricedLine {
  readonly item: PricedItem;
  readonly unit: string;
  readonly quantity: number;
  readonly usd: number;
}

export interface MeterOptions {
  /** How long the deployed stack keeps its logs; null where it is not known, and what it costs is left out. */
  readonly logRetentionDays?: number | null;
}

export function createMeter(store: Store, { logRetentionDays = null }: MeterOptions = {}): Meter {
  const tally = new Tally(store);
  const executions = new ExecutionTraces(store);
  const joined = new JoinedTraces(store);
  return {
    call: (call, by) => {
      const trace = call.caller.traceId ?? NO_TRACE;
      tally.add(trace, `${CALL}${by}/${call.service}:${call.operation}`, 1);
      const priced = pricedCall(call);
      if (priced !== null) tally.add(trace, priced.item, priced.quantity);
    },
    add: (traceId, item, quantity) => tally.add(traceId ?? NO_TRACE, item, quantity),
    nameExecution: (name, traceId) => executions.name(name, traceId),
    traceOf: (name) => executions.traceOf(name),
    hasExecution: (traceId, exceptName) => executions.isTaken(traceId, exceptName),
    join: (traceId, toTraceId) => {
      if (traceId !== toTraceId && !executions.isTaken(traceId, '')) joined.join(traceId, toTraceId);
    },
    report: (executionName) => {
      const sumsOf = (of: readonly string[] | 'all') => withKeptLogs(tally.sums(of), logRetentionDays);
      const facts = { logRetentionDays };
      if (executionName === undefined) return report(null, [], sumsOf('all'), facts);
      const trace = executions.traceOf(executionName);
      const traces = trace === null ? [] : [trace, ...joined.of(trace)];
      return report(executionName, traces, sumsOf(traces), facts);
    },
    stop: () => tally.stop(),
  };
}

const NO_TRACE = '';
const CALL = 'call/';

function report(
  executionName: string | null,
  traceIds: readonly string[],
  sums: ReadonlyMap<string, number>,
  facts: Pick<MeterReport, 'logRetentionDays'>,
): MeterReport {
  const calls = callsOf(sums);
  const lines = PRICES.prices.flatMap(({ item, unit, usdPerUnit }) => {
    const quantity = sums.get(item);
    return quantity === undefined ? [] : [{ item, unit, quantity, usd: quantity * usdPerUnit }];
  });
  const { asOf, region, source, checked } = PRICES;
  return {
    executionName,
    traceIds,
    calls,
    callsByFunctions: Object.values(calls.function).reduce((sum, count) => sum + count, 0),
    transitions: sums.get('state-transitions') ?? 0,
    lines,
    usd: lines.reduce((sum, line) => sum + line.usd, 0),
    prices: { asOf, region, source, checked },
    ...facts,
  };
}

const DAYS_OF_A_MONTH = 365 / 12;

/** Each byte that is logged is kept, and paid for, until its time is over. */
function withKeptLogs(sums: ReadonlyMap<string, number>, days: number | null): ReadonlyMap<string, number> {
  const bytes = sums.get('log-bytes');
  if (bytes === undefined || days === null) return sums;
  return new Map([...sums, ['log-byte-months', (bytes * days) / DAYS_OF_A_MONTH]]);
}

function callsOf(sums: ReadonlyMap<string, number>): Record<CallOrigin, Record<string, number>> {
  const calls: Record<CallOrigin, Record<string, number>> = { function: {}, service: {}, operator: {} };
  for (const [item, quantity] of sums) {
    const [, origin, name] = /^call\/(function|service|operator)\/(.+)$/.exec(item) ?? [];
    if (origin !== undefined && name !== undefined) calls[origin as CallOrigin][name] = quantity;
  }
  return calls;
}
