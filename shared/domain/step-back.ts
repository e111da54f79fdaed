import type { Gates, StepBack } from '../authoring/index.ts';
import type { DecisionRecord, Signal, SignalKind, Standing } from '../contracts/index.ts';
import { percent } from './gates.ts';
import { phaseBelow } from './phase-changes.ts';
import type { SegmentRecord } from './promotion.ts';
import type { SpotFigures } from './spot-checks/figures.ts';

export interface StepBackDue {
  readonly to: 'shadow' | 'partial';
  /** One line for people. */
  readonly reason: string;
  readonly cases: readonly string[];
}

const DAY_MS = 86_400_000;

/**
 * Whether a segment loses a phase: when more of its latest decisions carry a signal against the agent than the limit
 * allows, and at once on a breach of policy or budget. Only what happened in its present phase counts, and one bad
 * decision counts once. Null in shadow, below which there is nothing.
 */
export function stepBackDue({ phase, records, version, sinceMs }: SegmentRecord, limits: StepBack): StepBackDue | null {
  const to = phaseBelow(phase);
  if (to === null || to === 'full') return null;
  const latest = records
    .filter((record) => record.version === version)
    .map((record) => ({ ...record, signals: record.signals.filter(({ atMs }) => atMs >= sinceMs) }))
    .filter((record) => speaks(record, sinceMs))
    .slice(0, limits.window);
  const breach = latest.flatMap(({ caseId, signals }) =>
    signals.filter(({ kind }) => kind === 'breach').map(({ reason }) => ({ caseId, reason })),
  )[0];
  if (breach !== undefined) {
    return { to, reason: `A breach in case ${breach.caseId.slice(0, 8)}: ${breach.reason}`, cases: [breach.caseId] };
  }
  const bad = latest.filter(({ signals }) => signals.some(isAgainst));
  if (bad.length <= limits.signals) return null;
  const counts = countsOf(bad);
  const reason = `${bad.length} of the latest ${latest.length} decisions went wrong (${counts}); ${limits.signals} are allowed.`;
  return { to, reason, cases: bad.map(({ caseId }) => caseId) };
}

/** Fewer prove nothing. */
const FEWEST_CHECKS = 10;

/**
 * Whether a segment loses a phase because spot-checks say that too little of what it does alone is right: where even the
 * upper end of the interval is below the gate. It sees what no signal shows, because only few cases are looked at.
 * `figures`: of the cases under its version, in its present phase.
 */
export function stepBackByChecks(
  { phase }: Pick<SegmentRecord, 'phase'>,
  figures: SpotFigures,
  gates: Pick<Gates, 'agreement'>,
): StepBackDue | null {
  const to = phaseBelow(phase);
  if (to === null || to === 'full') return null;
  const { checked, wrong, wrongCases, accuracy } = figures;
  if (checked < FEWEST_CHECKS || accuracy.upper >= gates.agreement) return null;
  const between = `${percent(accuracy.lower)} to ${percent(accuracy.upper)}`;
  const reason = `Of ${checked} spot-checks ${wrong} found it wrong: ${between} of what it does alone are right; the gate is ${percent(gates.agreement)}.`;
  return { to, reason, cases: wrongCases };
}

/** Until when no promotion is proposed after a step back. */
export function coolDownAfter(nowMs: number, { coolDownDays }: StepBack): number {
  return nowMs + Math.round(coolDownDays * DAY_MS);
}

/** An edit is a matter of the fields that it changed; it takes no autonomy away by itself. */
const AGAINST: ReadonlySet<SignalKind> = new Set([
  'override',
  'reject',
  'undo',
  'reversal',
  'degraded',
  'denied',
  'breach',
  'found-wrong',
]);

export function isAgainst({ kind }: Signal): boolean {
  return AGAINST.has(kind);
}

const SPEAKS: ReadonlySet<Standing> = new Set(['alone', 'reviewed']);

/** What nobody has answered yet, or ever, must not thin out what went wrong; what shows late still counts. */
function speaks({ standing, signals, decidedAtMs }: DecisionRecord, sinceMs: number): boolean {
  return (SPEAKS.has(standing) && decidedAtMs >= sinceMs) || signals.some(isAgainst);
}

const WORDS: Readonly<Partial<Record<SignalKind, string>>> = {
  override: 'overridden',
  reject: 'refused',
  undo: 'undone',
  reversal: 'overturned',
  degraded: 'degraded',
  denied: 'denied',
  'found-wrong': 'found wrong by a spot-check',
};

function countsOf(bad: readonly DecisionRecord[]): string {
  const kinds = bad.flatMap(({ signals }) => signals.find(isAgainst)?.kind ?? []);
  return [...new Set(kinds)]
    .map((kind) => `${kinds.filter((one) => one === kind).length} ${WORDS[kind] ?? kind}`)
    .join(', ');
}
