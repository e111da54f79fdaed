import { ownBlocks } from './found-cross.ts';
import { type Bench, isClearlyBetter, meanLoss, type Trial, tryOut } from './trial.ts';

/** Starts from the block that says most alone and adds others while they help; then tries their weight against text. */
export function chooseView(bench: Bench, base: Trial): Trial {
  const { field, spec } = bench.training;
  let best = base;
  if (!field.reads) {
    const grown = growView(bench, base);
    if (isClearlyBetter(grown, base, 1)) best = grown;
  }
  const firmer = tryOut(bench, { ...best.choice, cost: FIRM_COST });
  if (isClearlyBetter(firmer, best, 1)) best = firmer;
  if (spec.categoryWeight !== undefined) return best;
  for (const categoryWeight of [0.5, 2]) {
    const other = tryOut(bench, { ...best.choice, view: { ...best.choice.view, categoryWeight } });
    if (isClearlyBetter(other, best, 1)) best = other;
  }
  return best;
}

/** Few rows in long vectors are held back too much by a cost of 1. */
const FIRM_COST = 4;

const MOST_ADDED = 8;

/** With many rows three of the splits tell blocks apart well enough. */
const QUICK_SPLITS = 3;
const ROWS_FOR_QUICK = 250;

function growView(bench: Bench, base: Trial): Trial {
  const quick = bench.rows.length < ROWS_FOR_QUICK ? bench : { ...bench, splits: bench.splits.slice(0, QUICK_SPLITS) };
  const withBlocks = (blocks: readonly number[], on = quick): Trial => {
    const sorted = [...blocks].sort((a, b) => a - b);
    return tryOut(on, { ...base.choice, view: { ...base.choice.view, blocks: sorted } });
  };
  const alone = blocksOf(bench).map((block) => ({ block, trial: withBlocks([block]) }));
  alone.sort((a, b) => meanLoss(a.trial) - meanLoss(b.trial) || a.block - b.block);
  const [first, ...others] = alone;
  if (!first) return base;
  let { trial: best } = first;
  let kept = [first.block];
  const telling = others.filter(({ trial }) => meanLoss(trial) < blindLoss(bench) * TELLING);
  for (const { block } of telling.slice(0, MOST_ADDED)) {
    const joined = withBlocks([...kept, block]);
    if (!isClearlyBetter(joined, best, 0.5)) continue;
    best = joined;
    kept = [...kept, block];
  }
  return withBlocks(kept, bench);
}

/** A block says something by itself where its loss is below this part of the blind one. */
const TELLING = 0.995;

/** Mean loss of guessing by how often each label comes. */
function blindLoss({ set: { counts }, rows }: Bench): number {
  return counts.reduce(
    (sum, count) => sum - (count === 0 ? 0 : (count / rows.length) * Math.log(count / rows.length)),
    0,
  );
}

function blocksOf({ training: { cases, field, found } }: Bench): number[] {
  const { paths } = cases.plan;
  return ownBlocks(cases.plan, found, field.name).filter((block) => (paths[block]?.kinds.length ?? 1) > 0);
}
