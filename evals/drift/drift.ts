import type { Json } from '../../shared/contracts/index.ts';
import type { Share } from '../../shared/domain/agreement.ts';
import { mean } from '../statistics/quantile.ts';
import { countKinds, type KindCount, kolmogorovSmirnov, stabilityIndex } from '../statistics/two-samples.ts';

/** A case as drift looks at it: what came in and was read, by path. */
export interface SeenCase {
  readonly facts: Json;
  /** Null where it was not decided. */
  readonly confidence: number | null;
}

export interface DriftInput {
  readonly training: readonly SeenCase[];
  readonly now: readonly SeenCase[];
  /** Of labelled cases, decided without a person: how many were right. Null where nothing was evaluated. */
  readonly evaluated: { readonly right: Share; readonly alone: Share } | null;
  /** Of live cases: how many people agreed with, and how many went without one. */
  readonly live: { readonly agreed: Share; readonly alone: Share };
  /** Paths that the model does not learn from, such as a name or the date of today: they may move as they like. */
  readonly ignored?: ReadonlySet<string>;
}

export type Grade = 'stable' | 'watch' | 'moved';

export interface Drift {
  readonly training: number;
  readonly now: number;
  /** Too few cases to say anything. */
  readonly isTooFew: boolean;
  readonly kinds: readonly KindDrift[];
  readonly numbers: readonly NumberDrift[];
  readonly confidence: Sample | null;
  readonly agreement: Grade;
  readonly coverage: Grade;
  /** What somebody has to look at, one sentence each, the gravest first. */
  readonly warnings: readonly string[];
}

/** The mix of values of one path. */
export interface KindDrift {
  readonly path: string;
  /** Whether the model learns from it: what it does not is shown, and warns of nothing. */
  readonly isLearned: boolean;
  readonly grade: Grade;
  /** Stability index, less what chance alone would show. */
  readonly index: number;
  /** The kinds whose share has moved most. */
  readonly moved: readonly KindCount[];
  /** Rows whose value the training set does not have. */
  readonly unseen: number;
  readonly rows: number;
}

/** Where the values of one path lie. */
export interface NumberDrift extends Sample {
  readonly isLearned: boolean;
}

export interface Sample {
  readonly path: string;
  readonly grade: Grade;
  readonly distance: number;
  readonly chance: number;
  readonly meanBefore: number;
  readonly meanNow: number;
}

const FEWEST_CASES = 30;
/** Of more values than this only the frequent ones are looked at one by one. */
const MOST_KINDS = 40;
const UNSEEN_SHARE = 0.05;
const FEWEST_UNSEEN = 3;

/** What is coming in now beside what the models learned from, and whether people still agree. */
export function driftOf(input: DriftInput): Drift {
  const { training, now } = input;
  const isTooFew = now.length < FEWEST_CASES;
  const [before, after] = [training, now].map((cases) => columnsOf(cases));
  const paths = [...(before?.keys() ?? [])];
  const tests = Math.max(1, paths.length);
  const column = (of: Columns | undefined, path: string): readonly Json[] => of?.get(path) ?? [];
  const isLearned = (path: string): boolean => input.ignored?.has(path) !== true;
  const kinds = paths.flatMap((path) =>
    kindDrift(path, column(before, path), column(after, path)).map((one) => ({ ...one, isLearned: isLearned(path) })),
  );
  const numbers = paths.flatMap((path) =>
    numberDrift(path, column(before, path), column(after, path), tests).map((one) => ({
      ...one,
      isLearned: isLearned(path),
    })),
  );
  const confidence = confidenceDrift(training, now);
  const agreement = shareGrade(input.evaluated?.right ?? null, input.live.agreed, 'lower');
  const coverage = shareGrade(input.evaluated?.alone ?? null, input.live.alone, 'either');
  const found = { kinds, numbers, confidence, agreement, coverage };
  const warnings = isTooFew ? [] : warningsOf(input, found);
  return { training: training.length, now: now.length, isTooFew, ...found, warnings };
}

type Columns = ReadonlyMap<string, readonly Json[]>;

/** Values by path; a case without one counts as null. */
function columnsOf(cases: readonly SeenCase[]): Columns {
  const rows = cases.map(({ facts }) => new Map(leavesOf(facts, '')));
  const paths = [...new Set(rows.flatMap((row) => [...row.keys()]))].sort();
  return new Map(paths.map((path) => [path, rows.map((row) => row.get(path) ?? null)]));
}

function leavesOf(value: Json, path: string): [string, Json][] {
  if (Array.isArray(value)) return [[`${path} (count)`, value.length]];
  if (value === null || typeof value !== 'object') return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path === '' ? key : `${path}.${key}`));
}

function kindDrift(path: string, before: readonly Json[], after: readonly Json[]): Omit<KindDrift, 'isLearned'>[] {
  if (before.some((value) => typeof value === 'number') || isText(before)) return [];
  const values = new Set(before.map(wordOf));
  const kinds = commonOf(before.map(wordOf));
  if (kinds === null || after.length === 0) return [];
  const kindOf = (value: Json): string => (kinds.has(wordOf(value)) ? wordOf(value) : OTHERS);
  const known = before.map(kindOf);
  const now = after.map(kindOf);
  const counts = countKinds(known, now);
  const chance = (counts.length - 1) * (1 / known.length + 1 / now.length);
  const index = Math.max(0, stabilityIndex(counts) - chance);
  const share = ({ known: a, now: b }: KindCount): number => Math.abs(b / now.length - a / known.length);
  const unseen = after.filter((value) => !values.has(wordOf(value))).length;
  const moved = counts.toSorted((a, b) => share(b) - share(a)).slice(0, 3);
  return [{ path, grade: gradeOf(index, 0.1, 0.25), index, moved, unseen, rows: now.length }];
}

const OTHERS = 'another';

/** Values that are kinds of cases: all where they are few, else the frequent ones; null where none is, as of names. */
function commonOf(known: readonly string[]): ReadonlySet<string> | null {
  const counts = [...Map.groupBy(known, (value) => value)].map(([value, rows]) => [value, rows.length] as const);
  if (counts.length <= MOST_KINDS) return new Set(counts.map(([value]) => value));
  const common = counts.filter(([, rows]) => rows >= Math.max(FEWEST_COMMON, known.length / 100));
  const covered = common.reduce((sum, [, rows]) => sum + rows, 0);
  return covered < known.length / 2 ? null : new Set(common.map(([value]) => value));
}

const FEWEST_COMMON = 5;

function numberDrift(path: string, before: readonly Json[], after: readonly Json[], tests: number): Sample[] {
  const sizes = (values: readonly Json[]): number[] =>
    values.flatMap((value) => (typeof value === 'number' ? [value] : []));
  const areTexts = isText(before);
  const lengths = (values: readonly Json[]): number[] =>
    values.map((value) => (typeof value === 'string' ? value.length : 0));
  const [known, now] = areTexts ? [lengths(before), lengths(after)] : [sizes(before), sizes(after)];
  if (known.length < FEWEST_CASES || now.length === 0) return [];
  return [sampleDrift(areTexts ? `${path} (length)` : path, known, now, tests)];
}

/** Texts are written anew each time: their length is looked at. */
function isText(values: readonly Json[]): boolean {
  return values.filter((value) => typeof value === 'string' && value.length > LONG_TEXT).length > values.length / 4;
}

const LONG_TEXT = 40;

/** One test of several: chance is held against what the most unlikely of them would show anyway. */
function sampleDrift(path: string, known: readonly number[], now: readonly number[], tests: number): Sample {
  const { distance, chance } = kolmogorovSmirnov(known, now);
  const isShown = chance * tests < 0.01;
  const grade = isShown ? gradeOf(distance, 0.1, 0.2) : 'stable';
  return { path, grade, distance, chance, meanBefore: mean(known), meanNow: mean(now) };
}

function confidenceDrift(training: readonly SeenCase[], now: readonly SeenCase[]): Sample | null {
  const of = (cases: readonly SeenCase[]): number[] => cases.flatMap(({ confidence }) => confidence ?? []);
  const [known, after] = [of(training), of(now)];
  return known.length === 0 || after.length === 0 ? null : sampleDrift('confidence', known, after, 1);
}

function gradeOf(value: number, watch: number, moved: number): Grade {
  if (value > moved) return 'moved';
  return value > watch ? 'watch' : 'stable';
}

/** Moved where the intervals do not meet. */
function shareGrade(before: Share | null, now: Share, way: 'lower' | 'either'): Grade {
  if (before === null || before.of === 0 || now.of === 0) return 'stable';
  if (now.upper < before.lower) return 'moved';
  return way === 'either' && now.lower > before.upper ? 'moved' : 'stable';
}

type Found = Pick<Drift, 'kinds' | 'numbers' | 'confidence' | 'agreement' | 'coverage'>;

function warningsOf(
  { evaluated, live }: DriftInput,
  { kinds, numbers, confidence, agreement, coverage }: Found,
): string[] {
  return [
    ...(agreement === 'moved' && evaluated !== null
      ? [`People agree less than the evaluation promised: ${words(live.agreed)}, not ${words(evaluated.right)}.`]
      : []),
    ...(confidence?.grade === 'moved'
      ? [
          `Confidence has moved: ${percent(confidence.meanNow)} on average, in training ${percent(confidence.meanBefore)}.`,
        ]
      : []),
    ...(coverage === 'moved' && evaluated !== null
      ? [`Another share is decided without a person: ${words(live.alone)}, not ${words(evaluated.alone)}.`]
      : []),
    ...learned(kinds)
      .filter(isNew)
      .map(
        ({ path, unseen, rows }) => `${path} brings values that the examples do not have: ${unseen} of ${rows} cases.`,
      ),
    ...learned(kinds)
      .filter(({ grade }) => grade === 'moved')
      .map(movedWords),
    ...learned(numbers)
      .filter(({ grade }) => grade === 'moved')
      .map(
        ({ path, meanBefore, meanNow }) =>
          `${path} has moved: ${round(meanNow)} on average, in training ${round(meanBefore)}.`,
      ),
  ];
}

function learned<T extends { readonly isLearned: boolean }>(paths: readonly T[]): T[] {
  return paths.filter(({ isLearned }) => isLearned);
}

function isNew({ unseen, rows }: KindDrift): boolean {
  return unseen >= FEWEST_UNSEEN && unseen / rows > UNSEEN_SHARE;
}

function movedWords({ path, moved, rows, index }: KindDrift): string {
  const known = moved.map(({ kind, now }) => `${kind} ${percent(now / rows)}`).join(', ');
  return `The mix of ${path} has moved (index ${index.toFixed(2)}): now ${known}.`;
}

function words({ agreed, of }: Share): string {
  return `${agreed} of ${of}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

function wordOf(value: Json): string {
  return value === null ? 'none' : String(value);
}
