import { chooseHalfLife } from './choose-half-life.ts';
import { chooseView } from './choose-view.ts';
import { ownBlocks } from './found-cross.ts';
import type { PathPlan } from './path-kinds.ts';
import { accuracyOf, type Bench, type Choice, isClearlyBetter, type Trial, tryOut } from './trial.ts';
import { WHOLE } from './vectors.ts';

/** Above this many rows × labels only the plain way is tried. */
const LARGEST_CHOICE = 100_000;
/** Above this many rows the examples themselves tell what matters. */
const ROWS_FOR_VIEWS = 2_000;

/**
 * The way of fitting a field that did best on unseen rows; simple ways are kept unless another is clearly better.
 * Weights are learned only where history learns too: the past of a frozen one ages, and they would trust it as if it were fresh.
 */
export function chooseTrial(bench: Bench): Trial {
  const best = chooseWay(bench);
  if (!best.options.history || !bench.learns) return best;
  const pooled = tryOut(bench, { ...best.choice, pools: true });
  return isClearlyBetter(pooled, best, 1) ? pooled : best;
}

function chooseWay(bench: Bench): Trial {
  const base = tryOut(bench, plainChoice(bench));
  if (bench.rows.length * bench.set.labels.length > LARGEST_CHOICE || !base.options.usesModel) return base;
  const viewed = bench.rows.length <= ROWS_FOR_VIEWS ? chooseView(bench, base) : base;
  const weighted = tryOut(bench, { ...viewed.choice, isWeighted: true });
  return isMoreAccurate(weighted, viewed) ? weighted : viewed;
}

function plainChoice(bench: Bench): Choice {
  const { spec, field, cases, found } = bench.training;
  const isWhole = found.every(({ fields }) => fields.includes(field.name));
  const own = isWhole ? null : ownBlocks(cases.plan, found, field.name);
  const blocks = field.reads ? readBlocks(cases.plan, field.reads) : own;
  const categoryWeight = spec.categoryWeight ?? WHOLE.categoryWeight;
  return {
    view: { blocks, categoryWeight },
    isWeighted: false,
    cost: 1,
    halfLife: chooseHalfLife(bench),
    pools: false,
  };
}

/** Blocks of the paths that a field reads, and of the crosses whose both sides it reads. */
function readBlocks({ paths, crosses }: Bench['training']['cases']['plan'], reads: readonly string[]): number[] {
  const isRead = (path: string): boolean =>
    reads.some((read) => path === read || path.startsWith(`${read}.`) || path.startsWith(`${read}[`));
  const ofPaths = paths.flatMap(({ path }: PathPlan, block) => (isRead(path) ? [block] : []));
  const ofCrosses = crosses.flatMap((pair, i) => (pair.every(isRead) ? [paths.length + i] : []));
  return [...ofPaths, ...ofCrosses];
}

function isMoreAccurate(one: Trial, other: Trial): boolean {
  const before = accuracyOf(other);
  return accuracyOf(one) > before + Math.sqrt((before * (1 - before)) / other.outcomes.length);
}
