import { wilsonLower, wilsonUpper } from '../../shared/domain/wilson.ts';
import { calibrationError } from '../../shared/models/learned/calibration-error.ts';
import type { Artefact, LearnedModel, ScoredField } from '../../shared/models/learned/index.ts';
import { card, type Example, type FieldSpec, type Label, serialise, train } from '../../shared/models/learned/index.ts';
import { openModel } from '../../shared/models/learned/model.ts';
import type { DataSet } from './data-sets.ts';

/** Figures of one field on rows that took no part in training; shares are 0 to 1. */
export interface Figures {
  readonly rows: number;
  readonly classes: number;
  /** Of the rows that belong to a label. */
  readonly accuracy: Measured;
  /** The same by five folds of all public rows; null where that was not asked for. */
  readonly folds: Measured | null;
  readonly top3: number;
  readonly calibrationError: number;
  readonly at95: Automated | null;
  readonly at90: Automated | null;
  /** Of ranking rows that belong to a label above those that do not. */
  readonly outOfScopeAuroc: number | null;
  /** Of ranking `true` above `false`, for yes/no fields. */
  readonly auc: number | null;
  readonly seconds: number;
  readonly kilobytes: number;
  /** Of a processor, a case: what else runs on the machine does not count. */
  readonly scoringMs: number;
}

/** A share with its 95 % Wilson interval. */
export interface Measured {
  readonly share: number;
  readonly from: number;
  readonly to: number;
}

export interface Automated {
  readonly share: number;
  readonly accuracy: number;
}

interface Answered {
  readonly expected: Label | null;
  readonly field: ScoredField;
}

export function measure(
  set: DataSet,
  field: FieldSpec,
  examples: readonly Example[],
  unseen: readonly Example[],
  withFolds: boolean,
): Figures {
  const startedAt = performance.now();
  const artefact = train(examples, { ...set.spec, fields: [field], target: 0.95 });
  const seconds = (performance.now() - startedAt) / 1_000;
  const learns = set.spec.history?.learns === true && field.use !== 'model';
  const model = openModel(structuredClone(artefact));
  const usedBefore = process.cpuUsage();
  const answered = answer(model, field.name, unseen, learns);
  const scoringMs = process.cpuUsage(usedBefore).user / 1_000 / unseen.length;
  const inScope = answered.filter(({ expected }) => expected !== null);
  const share = (isCounted: (one: Answered) => boolean) => inScope.filter(isCounted).length / inScope.length;
  return {
    rows: examples.length,
    classes: new Set(examples.map(({ expected }) => expected[field.name])).size,
    accuracy: measuredOf(inScope.filter(isRight).length, inScope.length),
    folds: withFolds ? foldsOf(set, field, [...examples, ...renamed(unseen)]) : null,
    top3: share(({ expected, field: { top } }) => top.some(({ value }) => value === expected)),
    calibrationError: calibrationError(
      inScope.map((one) => ({ confidence: one.field.confidence, isRight: isRight(one) })),
    ),
    at95: automated(artefact, field.name, 0.95, unseen, learns),
    at90: automated(artefact, field.name, 0.9, unseen, learns),
    ...rankings(answered),
    seconds,
    kilobytes: serialise(artefact).length / 1_024,
    scoringMs,
  };
}

/**
 * What the training says of itself by its own folds, on as many rows as the research taught. Its choices were made on the same
 * folds, which flatters a little.
 */
function foldsOf(set: DataSet, field: FieldSpec, rows: readonly Example[]): Measured | null {
  const found = card(train(rows, { ...set.spec, fields: [field], target: 0.95 })).fields[0];
  return found ? { share: found.accuracy, from: found.accuracyFrom, to: found.accuracyTo } : null;
}

/** Ids are unique within a part only. */
function renamed(rows: readonly Example[]): Example[] {
  return rows.map((row) => ({ ...row, id: `${row.id} of dev` }));
}

function measuredOf(right: number, of: number): Measured {
  return { share: right / of, from: wilsonLower(right, of, TWO_SIDED_95), to: wilsonUpper(right, of, TWO_SIDED_95) };
}

const TWO_SIDED_95 = 1.96;

function answer(model: LearnedModel, name: string, unseen: readonly Example[], learns: boolean): Answered[] {
  return unseen.map((example) => {
    const field = model.score(example.input).fields[name];
    if (!field) throw new Error(`The model does not answer ${name}`);
    if (learns) model.remember(example.input, example.expected);
    return { expected: example.expected[name] ?? null, field };
  });
}

/** Share of the rows above the threshold for a target, and how many of those were right. */
function automated(
  artefact: Artefact,
  name: string,
  target: number,
  unseen: readonly Example[],
  learns: boolean,
): Automated | null {
  const found = card(artefact).fields[0]?.atTargets.find((one) => one.target === target);
  if (!found) return null;
  const fields = artefact.fields.map((field) => ({ ...field, threshold: found.raw, doubtful: found.doubtful }));
  const answered = answer(openModel(structuredClone({ ...artefact, fields })), name, unseen, learns);
  const passed = answered.filter(({ field }) => field.passes);
  return { share: passed.length / answered.length, accuracy: passed.filter(isRight).length / passed.length };
}

function isRight({ expected, field }: Answered): boolean {
  return field.value === expected;
}

function rankings(answered: readonly Answered[]): Pick<Figures, 'outOfScopeAuroc' | 'auc'> {
  const outside = answered.filter(({ expected }) => expected === null).length;
  const isYesNo = answered.every(({ expected }) => typeof expected === 'boolean');
  return {
    outOfScopeAuroc:
      outside > 0
        ? areaUnderCurve(
            answered.map(inScopeConfidence),
            answered.map((one) => one.expected !== null),
          )
        : null,
    auc: isYesNo
      ? areaUnderCurve(
          answered.map(confidenceOfYes),
          answered.map((one) => one.expected === true),
        )
      : null,
  };
}

/** Highest confidence of any real label. */
function inScopeConfidence({ field }: Answered): number {
  return Math.max(0, ...field.top.filter(({ value }) => value !== null).map(({ confidence }) => confidence));
}

function confidenceOfYes({ field }: Answered): number {
  return field.value === true ? field.confidence : 1 - field.confidence;
}

/** Probability that a positive row ranks above a negative one; ties count half. */
function areaUnderCurve(scores: readonly number[], isPositive: readonly boolean[]): number {
  const order = [...scores.keys()].sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let [rankSum, positives, i] = [0, 0, 0];
  while (i < order.length) {
    let end = i;
    while (end < order.length && scores[order[end] ?? 0] === scores[order[i] ?? 0]) end++;
    for (let p = i; p < end; p++) {
      if (!isPositive[order[p] ?? 0]) continue;
      positives++;
      rankSum += (i + end + 1) / 2;
    }
    i = end;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
