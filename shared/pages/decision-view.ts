import type { Case, FieldConfidence, FieldOrigin, ModelTier, TurnResult } from '../contracts/index.ts';
import { decidedIn, TIER_WORDS, titleOf } from './agent-words.ts';
import { confidenceWords, percent } from './confidence-words.ts';
import { type Fact, factsOf } from './facts.ts';
import type { Labels } from './field-labels.ts';
import { own } from './json-schema.ts';

/** What was decided, by whom, how sure, field by field. */
export type DecisionView = {
  readonly by: string;
  readonly confidence: ConfidenceView | null;
  readonly fields: readonly DecidedField[];
  /** What spoke for the whole decision, one sentence each. */
  readonly because: readonly string[];
};

export type ConfidenceView = {
  /** 0..1 */
  readonly value: number;
  readonly words: string;
  readonly percent: string;
  /** Below it a person is asked (0..1); null where there is none. */
  readonly threshold: number | null;
};

export type DecidedField = Fact & {
  readonly confidence: ConfidenceView | null;
  readonly because: readonly string[];
  /** Which of several agents it comes from, and by which model; empty where one works alone. */
  readonly from: string;
};

/** Null where nothing was decided. Fields that were judged but did not enter the decision stand at the end. */
export function decisionView(
  of: Case,
  turns: readonly TurnResult[],
  { labels, agents: titles = {} }: { readonly labels: Labels; readonly agents?: Readonly<Record<string, string>> },
  say: (reason: string) => string = (reason) => reason,
): DecisionView | null {
  if (of.decision === null) return null;
  const judged = new Map(turns.flatMap(({ fields }) => fields).map((field) => [field.field, field]));
  const currency = own(of.input, 'currency');
  const facts = factsOf(of.decision, labels, currency);
  const decided = new Set(facts.map(({ key }) => key));
  const others = turns.map(decidedIn).flatMap((said) => (said === null ? [] : factsOf(said, labels, currency)));
  const origins = new Map((of.origins ?? []).map((origin) => [origin.field, origin]));
  const judgements = new Map(others.filter(({ key }) => !decided.has(key)).map((fact) => [fact.key, fact]));
  return {
    by: byWords(of.decidedBy ?? 'the agent', titles),
    confidence: of.confidence === null ? null : confidenceView(of.confidence, of.settings.minimumConfidence),
    fields: [...facts, ...judgements.values()].map((fact) => ({
      ...decidedField(fact, judged.get(fact.key), origins.get(fact.key)),
      because: (judged.get(fact.key)?.because ?? []).map(say),
      from: fromWords(origins.get(fact.key), titles),
    })),
    because: turns.flatMap(({ reasons }) => reasons.map(say)),
  };
}

export function confidenceView(value: number, threshold: number | null): ConfidenceView {
  return { value, words: confidenceWords(value), percent: percent(value), threshold };
}

/** Of several agents, where the field comes from counts; the model's own figure else. */
function decidedField(
  fact: Fact,
  judged: FieldConfidence | undefined,
  origin: FieldOrigin | undefined,
): Pick<DecidedField, keyof Fact | 'confidence'> {
  const confidence = origin?.confidence ?? judged?.confidence;
  return {
    ...fact,
    confidence: confidence === undefined ? null : confidenceView(confidence, judged?.threshold ?? null),
  };
}

/** `qualifier (learned), outreach (fast)` with titles: `Lead qualifier (the learned model), Outreach (the fast model)`. */
function byWords(by: string, titles: Readonly<Record<string, string>>): string {
  return by.replaceAll(/([\w-]+) \((\w+)\)/g, (as, agent: string, tier: string) =>
    isTier(tier) ? `${titleOf(titles, agent)} (${TIER_WORDS[tier]})` : as,
  );
}

function isTier(tier: string): tier is ModelTier {
  return Object.hasOwn(TIER_WORDS, tier);
}

function fromWords(origin: FieldOrigin | undefined, titles: Readonly<Record<string, string>>): string {
  return origin === undefined ? '' : `${titleOf(titles, origin.agent)}, by ${TIER_WORDS[origin.tier]}`;
}
