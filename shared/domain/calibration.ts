import { type DecisionRecord, type JsonObject, type PastOpinion, WHOLE_DECISION } from '../contracts/index.ts';
import { compareDecisions } from './agreement.ts';
import { wilsonLower } from './wilson.ts';

/** Decisions that people have to have judged before a model's word counts at all. */
export const FEWEST_JUDGED = 30;

/** How often people agreed, by what the model had said of its own confidence: rising. */
export interface ConfidenceCurve {
  /** Decisions behind it. */
  readonly judged: number;
  readonly steps: readonly CurveStep[];
}

export interface CurveStep {
  /** From this stated confidence on, up to the next step. */
  readonly from: number;
  readonly judged: number;
  readonly agreed: number;
  /** The lower end of the share that agrees: one-sided 90 % Wilson bound. */
  readonly confidence: number;
}

/** What people's answers say of each opinion that was on record; nothing where nobody has said anything of the decision. */
export function pastOpinions(
  records: readonly DecisionRecord[],
  tolerances: Readonly<Record<string, number>>,
): PastOpinion[] {
  return records.flatMap(({ opinions = [], agentDecision, personDecision, compared }) => {
    const isRefused =
      personDecision === null && compared.some(({ field, agrees }) => field === WHOLE_DECISION && !agrees);
    if (personDecision === null && !isRefused) return [];
    return opinions.flatMap(({ tier, model, stated, judgement }, at) => {
      if (judgement === null) return [];
      // The decision was made of what the last one said.
      const decision = at === opinions.length - 1 ? agentDecision : null;
      const said = judged(judgement, personDecision, tolerances);
      const parts = said.length > 0 ? said : asWhole(decision, personDecision, tolerances);
      return parts.map((one) => ({ tier, model, stated, ...one }));
    });
  });
}

/** Where a judgement shares no field with the decision, the decision that was made of it speaks for it. */
function asWhole(
  decision: JsonObject | null,
  person: JsonObject | null,
  tolerances: Readonly<Record<string, number>>,
): Pick<PastOpinion, 'field' | 'agrees'>[] {
  if (decision === null || person === null) return [];
  return [
    { field: WHOLE_DECISION, agrees: compareDecisions(decision, person, tolerances).every(({ agrees }) => agrees) },
  ];
}

/**
 * Field by field, and the whole; nothing where no field can be compared. Of a decision that was refused as a whole nothing
 * is known to be right.
 */
function judged(
  judgement: JsonObject,
  person: JsonObject | null,
  tolerances: Readonly<Record<string, number>>,
): Pick<PastOpinion, 'field' | 'agrees'>[] {
  const fields = Object.keys(judgement).filter((field) => person === null || Object.hasOwn(person, field));
  const compared =
    person === null
      ? fields.map((field) => ({ field, agrees: false }))
      : compareDecisions(pick(judgement, fields), pick(person, fields), tolerances);
  if (compared.length === 0) return [];
  return [...compared, { field: WHOLE_DECISION, agrees: compared.every(({ agrees }) => agrees) }];
}

function pick(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, object[name] ?? null]));
}

/** Fewer in a step would make its bound useless; more steps than that would see patterns in noise. */
const FEWEST_IN_STEP = 10;
const MOST_STEPS = 10;

/**
 * Groups of about the same size by stated confidence, equal ones together; neighbours that do not rise become one. What is
 * sure enough at one step is so at all above it, so a step counts at least as much as the ones below.
 */
export function curveOf(past: readonly Pick<PastOpinion, 'stated' | 'agrees'>[]): ConfidenceCurve {
  const sorted = [...past].sort((a, b) => a.stated - b.stated);
  const size = Math.max(FEWEST_IN_STEP, Math.ceil(sorted.length / MOST_STEPS));
  let groups: Group[] = [];
  for (const { stated, agrees } of sorted) {
    const last = groups.at(-1);
    const isFull = last !== undefined && last.judged >= size && stated > last.to;
    const group = last === undefined || isFull ? { from: stated, to: stated, judged: 0, agreed: 0 } : last;
    const grown = { ...group, to: stated, judged: group.judged + 1, agreed: group.agreed + (agrees ? 1 : 0) };
    groups = group === last ? [...groups.slice(0, -1), grown] : [...groups, grown];
  }
  return { judged: sorted.length, steps: bounded(pooled(groups)) };
}

interface Group {
  readonly from: number;
  readonly to: number;
  readonly judged: number;
  readonly agreed: number;
}

/** Pool adjacent violators; a last group that is too small joins its neighbour. */
function pooled(groups: readonly Group[]): Group[] {
  const pools: Group[] = [];
  for (const [at, group] of groups.entries()) {
    let grown = group;
    const isStub = at === groups.length - 1 && group.judged < FEWEST_IN_STEP;
    for (let before = pools.at(-1); before !== undefined; before = pools.at(-1)) {
      const rises = before.agreed / before.judged < grown.agreed / grown.judged;
      if (rises && !(isStub && grown === group)) break;
      pools.pop();
      const { from } = before;
      grown = { from, to: grown.to, judged: before.judged + grown.judged, agreed: before.agreed + grown.agreed };
    }
    pools.push(grown);
  }
  return pools;
}

function bounded(groups: readonly Group[]): CurveStep[] {
  let least = 0;
  return groups.map(({ from, judged: count, agreed }) => {
    least = Math.max(least, wilsonLower(agreed, count));
    return { from, judged: count, agreed, confidence: least };
  });
}

/** The curve of one model in one tier, of one field or (`*`) of all it judges. */
export interface ModelCurve extends Pick<PastOpinion, 'tier' | 'model' | 'field'> {
  readonly curve: ConfidenceCurve;
}

/** Every curve that past opinions give, by tier, model and field. */
export function curvesOf(past: readonly PastOpinion[]): readonly ModelCurve[] {
  const groups = Map.groupBy(past, ({ tier, model, field }) => JSON.stringify([tier, model, field]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { tier, model, field } = first;
    return [{ tier, model, field, curve: curveOf(group) }];
  });
}

/** What a stated confidence is worth; null while too few decisions were judged. Below all that was seen it is no more than stated. */
export function confidenceAt({ judged: count, steps }: ConfidenceCurve, stated: number): number | null {
  const [first] = steps;
  if (count < FEWEST_JUDGED || first === undefined) return null;
  const step = steps.findLast(({ from }) => from <= stated);
  return step?.confidence ?? Math.min(first.confidence, stated);
}
