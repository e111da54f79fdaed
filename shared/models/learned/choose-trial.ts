import type { PathPlan } from './path-kinds.ts';
import { accuracyOf, type Bench, type Choice, meanLoss, type Trial, tryOut } from './trial.ts';
import { WHOLE } from './vectors.ts';

/** Above this many rows × labels only the plain way is tried. */
const LARGEST_CHOICE = 100_000;
/** Above this many rows the examples themselves tell what matters. */
const ROWS_FOR_VIEWS = 2_000;

/** The way of fitting a field that did best on unseen rows; simple ways are kept unless another is clearly better. */
export function chooseTrial(bench: Bench): Trial {
  const base = tryOut(bench, plainChoice(bench));
  if (bench.rows.length * bench.set.labels.length > LARGEST_CHOICE || !base.options.usesModel) return base;
  const viewed = bench.rows.length <= ROWS_FOR_VIEWS ? chooseView(bench, base) : base;
  const weighted = tryOut(bench, { ...viewed.choice, isWeighted: true });
  return isMoreAccurate(weighted, viewed) ? weighted : viewed;
}

function plainChoice({ training: { spec, field, cases } }: Bench): Choice {
  const blocks = field.reads ? readBlocks(cases.plan, field.reads) : null;
  const categoryWeight = spec.categoryWeight ?? WHOLE.categoryWeight;
  return { view: { blocks, categoryWeight }, isWeighted: false, cost: 1 };
}

/** Blocks of the paths that a field reads, and of the crosses whose both sides it reads. */
function readBlocks({ paths, crosses }: Bench['training']['cases']['plan'], reads: readonly string[]): number[] {
  const isRead = (path: string): boolean =>
    reads.some((read) => path === read || path.startsWith(`${read}.`) || path.startsWith(`${read}[`));
  const ofPaths = paths.flatMap(({ path }: PathPlan, block) => (isRead(path) ? [block] : []));
  const ofCrosses = crosses.flatMap((pair, i) => (pair.every(isRead) ? [paths.length + i] : []));
  return [...ofPaths, ...ofCrosses];
}

/** Starts from the block that says most alone and adds others while they help; then tries their weight against text. */
function chooseView(bench: Bench, base: Trial): Trial {
  const { field, spec } = bench.training;
  let best = base;
  if (!field.reads) {
    const grown = growView(bench, base);
    if (grown && isClearlyBetter(grown, base, 1)) best = grown;
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

function growView(bench: Bench, base: Trial): Trial | undefined {
  const { paths, crosses } = bench.training.cases.plan;
  const all = [...Array(paths.length + crosses.length).keys()].filter((block) => (paths[block]?.kinds.length ?? 1) > 0);
  const withBlocks = (blocks: readonly number[]): Trial => {
    const sorted = [...blocks].sort((a, b) => a - b);
    return tryOut(bench, { ...base.choice, view: { ...base.choice.view, blocks: sorted } });
  };
  const alone = all.map((block) => ({ block, trial: withBlocks([block]) }));
  alone.sort((a, b) => meanLoss(a.trial) - meanLoss(b.trial) || a.block - b.block);
  let [best, ...others] = alone.slice(0, MOST_ADDED + 1).map(({ trial }) => trial);
  for (const other of others) {
    if (!best) break;
    const joined = withBlocks([...(best.choice.view.blocks ?? []), ...(other.choice.view.blocks ?? [])]);
    if (isClearlyBetter(joined, best, 0.5)) best = joined;
  }
  return best;
}

/** Its mean loss is lower by more than so many standard errors of the difference, row by row. */
function isClearlyBetter(one: Trial, other: Trial, errors: number): boolean {
  const differences = other.losses.map((loss, i) => loss - (one.losses[i] ?? loss));
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / differences.length;
  return mean > errors * Math.sqrt(variance / differences.length);
}

function isMoreAccurate(one: Trial, other: Trial): boolean {
  const before = accuracyOf(other);
  return accuracyOf(one) > before + Math.sqrt((before * (1 - before)) / other.outcomes.length);
}
