import type { FieldOrigin, JsonObject, Reading, Reason, TurnResult, VoteCount } from '../../contracts/index.ts';
import { canonicalJson } from '../canonical-json.ts';

/** What the agents came to, one or several of them. */
export interface Findings {
  /** Null where they came to nothing. */
  readonly judgement: JsonObject | null;
  /** Calibrated probability that all of it is right (0..1). */
  readonly confidence: number;
  readonly origins: readonly FieldOrigin[];
  /** Who decided, with the tier. */
  readonly by: string;
  /** The last word of each agent: what an earlier turn of it doubted is over. */
  readonly turns: readonly TurnResult[];
  /** Each source once for each thing that it was asked for, as it was read best and last. */
  readonly readings: readonly Reading[];
  /** Why a person has to look, for how the agents worked together. */
  readonly reasons: readonly Reason[];
  /** Null where nothing was voted on. */
  readonly count: VoteCount | null;
}

/** What one agent contributes to the judgement. */
export interface Contribution {
  readonly turn: TurnResult;
  readonly judgement: JsonObject;
  /** In place of the turn's own, where others agree or not. */
  readonly confidence?: number;
}

/** Findings of all turns so far, made of the contributions in their order: a later word counts over an earlier one. */
export function findingsOf(
  waves: readonly (readonly TurnResult[])[],
  contributions: readonly Contribution[],
  { reasons = [], count = null }: Partial<Pick<Findings, 'reasons' | 'count'>> = {},
): Findings {
  const turns = lastWords(waves);
  const origins = originsOf(contributions);
  // Whoever has nothing in it that stands does not make it less sure.
  const standing = contributions.filter(({ turn }) => origins.some(({ agent }) => agent === turn.agent));
  return {
    judgement: contributions.length === 0 ? null : Object.assign({}, ...contributions.map((one) => one.judgement)),
    // All of it is right only where every part is.
    confidence: standing.length === 0 ? 0 : standing.reduce((all, one) => all * confidenceOf(one), 1),
    origins,
    by: standing.length === 0 ? 'nobody' : standing.map(({ turn }) => `${turn.agent} (${turn.tier})`).join(', '),
    turns,
    readings: bestReadings(turns),
    reasons,
    count,
  };
}

/** No judgement, and why. */
export function undecided(waves: readonly (readonly TurnResult[])[], reasons: readonly Reason[] = []): Findings {
  return findingsOf(waves, [], { reasons });
}

function confidenceOf({ turn, confidence = turn.confidence }: Contribution): number {
  return confidence;
}

function originsOf(contributions: readonly Contribution[]): FieldOrigin[] {
  const origins = new Map<string, FieldOrigin>();
  for (const { turn, judgement, confidence } of contributions) {
    for (const field of Object.keys(judgement)) {
      const own = turn.fields.find((one) => one.field === field)?.confidence ?? turn.confidence;
      const sure = confidence === undefined ? own : Math.min(own, confidence);
      origins.set(field, { field, agent: turn.agent, tier: turn.tier, confidence: sure });
    }
  }
  return [...origins.values()];
}

/** In the order in which the agents first spoke. */
function lastWords(waves: readonly (readonly TurnResult[])[]): TurnResult[] {
  return [...new Map(waves.flat().map((turn) => [turn.agent, turn])).values()];
}

const RANK = { failed: 0, incomplete: 1, complete: 2 } as const;

/** Each source once for each thing that it was asked for, as it was read best and last. */
export function bestReadings(turns: readonly TurnResult[]): Reading[] {
  const best = new Map<string, Reading>();
  for (const reading of turns.flatMap(({ readings }) => readings)) {
    const key = canonicalJson([reading.source, reading.arguments ?? null]);
    const known = best.get(key);
    if (known === undefined || RANK[reading.status] >= RANK[known.status]) best.set(key, reading);
  }
  return [...best.values()];
}
