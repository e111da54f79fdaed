import type { AimFigures } from '../../evals/roi/aim.ts';
import type { Share } from '../../shared/domain/agreement.ts';

export interface AimFound {
  /** What the workflow is for, as its builder says it: `From the lead to the meeting mail`. */
  readonly title: string;
  /** Of the cases of the running runtime; null where none runs. */
  readonly live: (AimFigures & { readonly days: number; readonly cases: number }) | null;
  /** Decided alone among labelled cases; null where there is no evaluation. */
  readonly evaluated: Share | null;
}

/** How near the workflow is to its aim, in two lines for a terminal. */
export function aimLines({ title, live, evaluated }: AimFound): string[] {
  return [
    `Decided without a person: ${aloneWords(live?.decidedAlone ?? null, 'cases')}; evaluated: ${aloneWords(evaluated, 'labelled cases')}.`,
    `${title}: ${timeWords(live)}.`,
  ];
}

function aloneWords(share: Share | null, what: string): string {
  if (share === null || share.of === 0) return `no ${what}`;
  return `${share.agreed} of ${share.of} ${what} (${((100 * share.agreed) / share.of).toFixed(1)} %)`;
}

function timeWords(live: AimFound['live']): string {
  if (live === null) return 'not known, as no runtime runs here';
  if (live.medianMs === null || live.p90Ms === null) return `no case of ${live.days} days got there`;
  return `half within ${spanWords(live.medianMs)}, nine of ten within ${spanWords(live.p90Ms)}, of ${live.reached} in ${live.days} days`;
}

const SPANS = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1_000],
] as const;

function spanWords(ms: number): string {
  const [unit, size] = SPANS.find(([, span]) => ms >= 2 * span) ?? SPANS[SPANS.length - 1] ?? ['seconds', 1_000];
  return `${(ms / size).toFixed(1)} ${unit}`;
}
