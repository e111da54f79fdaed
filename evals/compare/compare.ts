import { bootstrapInterval, type Interval } from '../statistics/bootstrap.ts';
import { mcnemarExact } from '../statistics/mcnemar.ts';
import { mean } from '../statistics/quantile.ts';
import type { Earlier } from './earlier.ts';

/** Two versions on the same cases. `before` is the report that was named, `after` the run of now. */
export interface Comparison {
  readonly pairs: number;
  /** Cases that only one of the runs holds, or holds with another label: left out. */
  readonly leftOut: number;
  readonly answers: Paired;
  /** The same of deciding without a person. */
  readonly alone: Paired;
  readonly cost: Difference;
  /** Null where the earlier run does not say how long it took. */
  readonly latency: Difference | null;
  readonly verdict: 'better' | 'worse' | 'no difference shown';
  /** One sentence. */
  readonly because: string;
}

export interface Paired {
  readonly before: number;
  readonly after: number;
  /** Ids that changed for the better, and for the worse. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** Exact McNemar, two-sided. */
  readonly chance: number;
}

/** Mean per case, and the 95 % interval of the difference (bootstrap over pairs). */
export interface Difference {
  readonly before: number;
  readonly after: number;
  readonly difference: number;
  readonly interval: Interval | null;
}

const SHOWN = 0.05;

export function compareRuns(before: readonly Earlier[], after: readonly Earlier[]): Comparison {
  const known = new Map(before.map((result) => [result.id, result]));
  const pairs = after.flatMap((result): Pair[] => {
    const earlier = known.get(result.id);
    return earlier?.digest === result.digest ? [[earlier, result]] : [];
  });
  const answers = paired(pairs, ({ isRight }) => isRight);
  const verdict = verdictOf(answers);
  return {
    pairs: pairs.length,
    leftOut: before.length + after.length - 2 * pairs.length,
    answers,
    alone: paired(pairs, ({ isAlone }) => isAlone),
    cost: difference(pairs, ({ costUsd }) => costUsd),
    latency: pairs.some(([earlier]) => earlier.tookMs === null) ? null : difference(pairs, ({ tookMs }) => tookMs ?? 0),
    verdict,
    because: because(answers, pairs.length, verdict),
  };
}

type Pair = readonly [before: Earlier, after: Earlier];

function paired(pairs: readonly Pair[], isGood: (result: Earlier) => boolean): Paired {
  const ids = (isWanted: (before: boolean, after: boolean) => boolean): string[] =>
    pairs.filter(([before, after]) => isWanted(isGood(before), isGood(after))).map(([{ id }]) => id);
  const gained = ids((before, after) => !before && after);
  const lost = ids((before, after) => before && !after);
  return {
    before: pairs.filter(([before]) => isGood(before)).length,
    after: pairs.filter(([, after]) => isGood(after)).length,
    ...{ gained, lost, chance: mcnemarExact(lost.length, gained.length) },
  };
}

function difference(pairs: readonly Pair[], amountOf: (result: Earlier) => number): Difference {
  const amounts = pairs.map(([before, after]) => [amountOf(before), amountOf(after)] as const);
  const before = mean(amounts.map(([amount]) => amount));
  const after = mean(amounts.map(([, amount]) => amount));
  const interval = bootstrapInterval(
    amounts.map(([one, other]) => other - one),
    mean,
  );
  return { before, after, difference: after - before, interval };
}

function verdictOf({ chance, gained, lost }: Paired): Comparison['verdict'] {
  if (chance >= SHOWN) return 'no difference shown';
  return gained.length > lost.length ? 'better' : 'worse';
}

function because({ before, after, gained, lost, chance }: Paired, pairs: number, verdict: string): string {
  const flips = `${gained.length} became right and ${lost.length} became wrong`;
  if (gained.length + lost.length === 0) return `Right in the same ${after} of ${pairs} cases as before.`;
  const said = `Right in ${after} of ${pairs} cases, before in ${before}: ${flips}`;
  const odds = chance < 0.001 ? 'less than 0.1 %' : `${(chance * 100).toFixed(1)} %`;
  const reads = verdict === 'no difference shown' ? 'which may well be chance' : 'which is hardly chance';
  return `${said}, ${reads} (${odds}, exact McNemar test).`;
}
