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
  /** Each source once for each thing that it was asked for, as it was read best and last, in the whole run. */
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
    readings: [...bestReadings(turns), ...readBefore(waves, turns)],
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

/** What earlier turns of the run read may be on the record of a case beside what the last ones did, in bytes of JSON. */
const MOST_BEFORE_BYTES = 96 * 1_024;

/**
 * What was read in turns that are no last word, and is not among what those read: a leader's report may rest on it. The
 * latest first; what is too much for the record of a case is left to the ledger.
 */
function readBefore(waves: readonly (readonly TurnResult[])[], last: readonly TurnResult[]): Reading[] {
  const known = new Set(bestReadings(last).map(keyOf));
  const before = waves.flat().filter((turn) => !last.includes(turn));
  const more = bestReadings(before).filter((reading) => !known.has(keyOf(reading)));
  let left = MOST_BEFORE_BYTES;
  const kept = more.toReversed().filter((reading) => {
    left -= Buffer.byteLength(JSON.stringify(reading));
    return left >= 0;
  });
  return kept.toReversed();
}

function keyOf({ source, arguments: asked }: Reading): string {
  return canonicalJson([source, asked ?? null]);
}

const RANK = { failed: 0, incomplete: 1, complete: 2 } as const;

/** Each source once for each thing that it was asked for, as it was read best and last. */
export function bestReadings(turns: readonly TurnResult[]): Reading[] {
  const best = new Map<string, Reading>();
  for (const reading of turns.flatMap(({ readings }) => readings)) {
    const key = keyOf(reading);
    const known = best.get(key);
    if (known === undefined || RANK[reading.status] >= RANK[known.status]) best.set(key, reading);
  }
  return [...best.values()];
}
