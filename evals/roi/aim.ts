import { type Share, shareOf } from '../../shared/domain/agreement.ts';
import { quantile } from '../statistics/quantile.ts';

/** One case, as far as it tells how near the workflow is to its aim. */
export interface AimedCase {
  /** What governance made of it last; null before anything was decided. */
  readonly verdict: { readonly kind: 'act' | 'ask' | 'review' | 'stop' } | null;
  /** Who decided: agents, or the address of a person. */
  readonly decidedBy: string | null;
  readonly openedAtMs: number;
  /** When the action that the workflow is for was done; null while it is not, or where none follows. */
  readonly reachedAtMs: number | null;
}

export interface AimFigures {
  /** Decided by the agents, of all that are decided or with a person. A yes to an action is no decision of the case. */
  readonly decidedAlone: Share;
  readonly reached: number;
  /** From the trigger to the action, waiting for people included; null where none was reached. */
  readonly medianMs: number | null;
  readonly p90Ms: number | null;
}

export function aimFigures(cases: readonly AimedCase[]): AimFigures {
  const decided = cases.filter(({ verdict }) => verdict !== null);
  const tookMs = cases.flatMap(({ openedAtMs, reachedAtMs }) =>
    reachedAtMs === null ? [] : [reachedAtMs - openedAtMs],
  );
  return {
    decidedAlone: shareOf(decided.filter(isDecidedAlone).length, decided.length),
    reached: tookMs.length,
    medianMs: tookMs.length === 0 ? null : quantile(tookMs, 0.5),
    p90Ms: tookMs.length === 0 ? null : quantile(tookMs, 0.9),
  };
}

/** People are known by their address; agents have none. */
function isDecidedAlone({ verdict, decidedBy }: AimedCase): boolean {
  const isAgents = decidedBy !== null && !decidedBy.includes('@');
  return isAgents && (verdict?.kind === 'act' || verdict?.kind === 'stop');
}
