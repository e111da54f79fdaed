import { type Cases, prepareCases } from './cases.ts';
import { prepareSplit } from './check-classifier.ts';
import type { Example, FieldSpec, LearnedSpec } from './contract.ts';
import { type FieldTraining, splitRows } from './field-training.ts';
import type { FoundCross } from './found-cross.ts';
import { collectLabels } from './labels.ts';
import { type Bench, isClearlyBetter, meanLoss, type Trial, tryOut } from './trial.ts';
import { WHOLE } from './vectors.ts';
import { fitVocabulary } from './vocabulary.ts';

type Cross = readonly [string, string];

/** With more rows there are words enough for each value by themselves, and trials take long. */
const MOST_ROWS = 2_000;
const MOST_ROWS_TIMES_LABELS = 100_000;
/** Of many pairs some would do well by chance. */
const MOST_PAIRS = 6;
/** A category of more values leaves too few rows to each. */
const MOST_VALUES = 20;

/**
 * Crosses of a category with the words of a text that foretold a field clearly better on rows that were not seen: the same words may
 * mean something else under each value. Looked for where examples are few, and not for fields that name what they read.
 */
export function findCrosses(examples: readonly Example[], spec: LearnedSpec): FoundCross[] {
  const fields = spec.fields.filter(({ kind, reads, use }) => kind === 'class' && !reads && use !== 'history');
  if (examples.length > MOST_ROWS || fields.length === 0) return [];
  const named = spec.crosses ?? [];
  const tried = pairsToTry(prepareCases(examples, spec), named);
  if (tried.length === 0) return [];
  const cases = prepareCases(examples, { ...spec, crosses: [...named, ...tried] });
  const helped = new Map(fields.map((field) => [field.name, helpfulCrosses(cases, field, spec, tried)]));
  return tried.flatMap((cross) => {
    const names = fields.map(({ name }) => name).filter((name) => helped.get(name)?.includes(cross));
    return names.length === 0 ? [] : [{ cross, fields: names }];
  });
}

/** Categories with texts, in order of path; none where there would be too many. */
function pairsToTry({ plan, flats }: Cases, named: readonly Cross[]): Cross[] {
  const texts = plan.paths.filter(({ kinds }) => kinds.includes('text') && !kinds.includes('category'));
  const categories = plan.paths.filter(({ path, kinds }) => {
    const values = new Set(flats.flatMap((flat) => flat.get(path) ?? []));
    return kinds.includes('category') && !kinds.includes('text') && values.size > 1 && values.size <= MOST_VALUES;
  });
  const pairs = categories.flatMap(({ path }) => texts.map((text): Cross => [path, text.path]));
  const others = pairs.filter((pair) => !named.some((cross) => pair.every((path) => cross.includes(path))));
  return others.length <= MOST_PAIRS ? others : [];
}

/** Those of the tried crosses, which the plan of the cases has last, that are worth adding to everything else. */
function helpfulCrosses(cases: Cases, field: FieldSpec, spec: LearnedSpec, tried: readonly Cross[]): Cross[] {
  const bench = benchOf(cases, field, spec);
  if (!bench) return [];
  const firstTried = cases.plan.paths.length + cases.plan.crosses.length - tried.length;
  const withCrosses = (crosses: readonly Cross[]): Trial => {
    const blocks = Array.from({ length: firstTried }, (_, block) => block);
    tried.forEach((cross, i) => {
      if (crosses.includes(cross)) blocks.push(firstTried + i);
    });
    return tryPlainly(bench, blocks);
  };
  let best = withCrosses([]);
  let kept: Cross[] = [];
  const alone = tried.map((cross) => ({ cross, loss: meanLoss(withCrosses([cross])) }));
  for (const { cross } of alone.sort((a, b) => a.loss - b.loss)) {
    const joined = withCrosses([...kept, cross]);
    if (!isClearlyBetter(joined, best, 1)) continue;
    best = joined;
    kept = [...kept, cross];
  }
  return kept;
}

function tryPlainly(bench: Bench, blocks: readonly number[]): Trial {
  const categoryWeight = bench.training.spec.categoryWeight ?? WHOLE.categoryWeight;
  return tryOut(bench, { view: { blocks, categoryWeight }, isWeighted: false, cost: 1, halfLife: null, pools: false });
}

function benchOf(cases: Cases, field: FieldSpec, spec: LearnedSpec): Bench | null {
  const { set, rows } = collectLabels(cases.examples.map(({ expected }) => expected[field.name]));
  if (set.labels.length < 2 || rows.length * set.labels.length > MOST_ROWS_TIMES_LABELS) return null;
  const vocabulary = fitVocabulary(cases.bags, Int32Array.from(cases.bags.keys()));
  const training: FieldTraining = { cases, field, spec, vocabulary, history: null, found: [] };
  const splits = splitRows(training, rows).splits.map((split) => prepareSplit(cases, split));
  return { training, set, rows, splits, learns: false };
}
