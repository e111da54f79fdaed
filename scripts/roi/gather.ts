import type { Assumption, RoiInput } from '../../evals/roi/roi.ts';
import type { Share } from '../../shared/domain/agreement.ts';
import type { ListedCase } from '../runtime/list-cases.ts';

/** What the sum can be made of, from the surest to the least sure. */
export interface RoiSources {
  readonly given: Readonly<Partial<Record<keyof RoiInput, number>>>;
  /** Null where no runtime runs. */
  readonly live: LiveFigures | null;
  /** Null where there is no evaluation. */
  readonly evaluation: EvaluationFigures | null;
  readonly minutesByHand: number | null;
}

export interface LiveFigures {
  readonly cases: readonly ListedCase[];
  readonly days: number;
  readonly nowMs: number;
  readonly answers: readonly { readonly answers: number; readonly medianTookMs: number }[];
  /** Of AWS per case, from the meter. */
  readonly awsUsd: readonly number[];
}

export interface EvaluationFigures {
  /** A person is asked about the case, or about one of its actions in the workflow's phase. */
  readonly asked: Share;
  readonly wrongAlone: Share;
  /** Decided without a person; a yes to an action may still be asked for. */
  readonly alone?: Share;
  readonly modelUsd: number;
}

/** Fewer cases, or answers, say nothing. */
const FEWEST = 20;
/** A week has its slow days. */
const FEWEST_DAYS = 7;
const DAY_MS = 86_400_000;
const DAYS_PER_MONTH = 365 / 12;

/** Each number with where it is from. @throws RangeError naming what nobody has said. */
export function roiInput(sources: RoiSources): RoiInput {
  const { given } = sources;
  const pick = (name: keyof RoiInput, ...found: readonly (Assumption | null)[]): Assumption => {
    const own = given[name];
    if (own !== undefined) return { value: own, from: 'given' };
    const first = found.find((one) => one !== null);
    if (first === undefined || first === null) throw new RangeError(name);
    return first;
  };
  const minutesByHand = pick('minutesByHand', saidByHand(sources));
  return {
    casesPerMonth: pick('casesPerMonth', liveVolume(sources), assumed(1_000)),
    minutesByHand,
    askedShare: pick('askedShare', liveAsked(sources), evaluatedAsked(sources), assumed(0.5)),
    minutesPerQuestion: pick('minutesPerQuestion', liveMinutes(sources), assumed(3)),
    reworkShare: pick('reworkShare', evaluatedRework(sources), assumed(0.05)),
    minutesPerRework: pick('minutesPerRework', { value: minutesByHand.value, from: 'assumed: as long as by hand' }),
    usdPerHour: pick('usdPerHour', assumed(45)),
    modelUsdPerCase: pick('modelUsdPerCase', liveModels(sources), evaluatedModels(sources), assumed(0.02)),
    awsUsdPerCase: pick('awsUsdPerCase', liveAws(sources), { value: 0.0003, from: 'assumed: the budget per case' }),
    awsUsdPerMonth: pick('awsUsdPerMonth', assumed(20)),
    buildUsd: pick('buildUsd', { value: 15_000, from: 'assumed: three weeks of an engineer' }),
    careUsdPerMonth: pick('careUsdPerMonth', { value: 360, from: 'assumed: eight hours at 45 USD' }),
  };
}

function assumed(value: number): Assumption {
  return { value, from: 'assumed' };
}

function saidByHand({ minutesByHand }: RoiSources): Assumption | null {
  return minutesByHand === null ? null : { value: minutesByHand, from: 'said by the builder (rollout.minutesByHand)' };
}

function liveVolume({ live }: RoiSources): Assumption | null {
  if (live === null || live.cases.length < FEWEST) return null;
  const oldestMs = Math.min(...live.cases.map(({ openedAtMs }) => openedAtMs));
  const days = Math.min(live.days, Math.ceil((live.nowMs - oldestMs) / DAY_MS));
  if (days < FEWEST_DAYS) return null;
  const value = Math.round((live.cases.length / days) * DAYS_PER_MONTH);
  return { value, from: `measured: ${live.cases.length} cases in ${days} days` };
}

function liveAsked({ live }: RoiSources): Assumption | null {
  if (live === null || live.cases.length < FEWEST) return null;
  const asked = live.cases.filter(({ personAsked }) => personAsked).length;
  return { value: asked / live.cases.length, from: `measured: ${asked} of ${live.cases.length} cases` };
}

function evaluatedAsked({ evaluation }: RoiSources): Assumption | null {
  if (evaluation === null || evaluation.asked.of === 0) return null;
  const { agreed, of } = evaluation.asked;
  return { value: agreed / of, from: `evaluated: ${agreed} of ${of} labelled cases` };
}

function liveMinutes({ live }: RoiSources): Assumption | null {
  const answers = live?.answers.reduce((sum, one) => sum + one.answers, 0) ?? 0;
  if (live === null || answers < FEWEST) return null;
  const ms = live.answers.reduce((sum, one) => sum + one.answers * one.medianTookMs, 0) / answers;
  return {
    value: ms / 60_000,
    from: `measured: medians of ${answers} answers, from seeing (else opening) the question`,
  };
}

function evaluatedRework({ evaluation }: RoiSources): Assumption | null {
  if (evaluation === null || evaluation.wrongAlone.of === 0) return null;
  const { agreed, of } = evaluation.wrongAlone;
  return { value: agreed / of, from: `evaluated: ${agreed} of ${of} labelled cases` };
}

function liveModels({ live }: RoiSources): Assumption | null {
  if (live === null || live.cases.length < FEWEST) return null;
  const sum = live.cases.reduce((total, { usage }) => total + usage.costUsd, 0);
  return { value: sum / live.cases.length, from: `measured: ${live.cases.length} cases` };
}

function evaluatedModels({ evaluation }: RoiSources): Assumption | null {
  if (evaluation === null || evaluation.asked.of === 0) return null;
  return { value: evaluation.modelUsd, from: `evaluated: ${evaluation.asked.of} labelled cases` };
}

function liveAws({ live }: RoiSources): Assumption | null {
  if (live === null || live.awsUsd.length === 0) return null;
  const value = live.awsUsd.reduce((sum, usd) => sum + usd, 0) / live.awsUsd.length;
  return { value, from: `metered: ${live.awsUsd.length} cases` };
}
