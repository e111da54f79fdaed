import type { VoteRule } from '../../authoring/index.ts';
import type { JsonObject, TurnResult, VoteCount } from '../../contracts/index.ts';
import { digestOf } from '../digest.ts';

/** The vote of one member; `judgement` null where it came to none. */
export interface Ballot {
  readonly turn: TurnResult;
  readonly judgement: JsonObject | null;
}

/** Members who hold one position, the most confident first. */
export interface Camp {
  readonly position: JsonObject;
  readonly weight: number;
  readonly ballots: readonly (Ballot & { readonly judgement: JsonObject })[];
}

export interface Vote {
  readonly count: VoteCount;
  /** The camp that the rule carries; null for none. */
  readonly carried: Camp | null;
  /** Heaviest first. */
  readonly camps: readonly Camp[];
}

/**
 * Counts positions: the values of the fields `on`, all together. The share that a position needs is of all members. One
 * that says nothing, or the same as none, counts for nobody; equal camps carry nothing.
 */
export function voteOf(rule: VoteRule, on: readonly string[], ballots: readonly Ballot[]): Vote {
  const weightOf = ({ turn }: Ballot): number =>
    rule.kind === 'weighted' ? Math.max(0, rule.weights[turn.agent] ?? 0) : 1;
  const whole = ballots.reduce((sum, ballot) => sum + weightOf(ballot), 0);
  const camps = campsOf(on, ballots, weightOf);
  const [first] = camps;
  const most = first?.weight ?? 0;
  const needed = {
    unanimous: whole,
    majority: whole / 2,
    weighted: whole * (rule.kind === 'weighted' ? rule.above : 1),
  };
  const isCarried = rule.kind === 'unanimous' ? most === whole : most > needed[rule.kind];
  const carried = first !== undefined && whole > 0 && isCarried ? first : null;
  const votes = ballots.map((ballot) => ({
    agent: ballot.turn.agent,
    weight: weightOf(ballot),
    position: ballot.judgement === null ? null : positionOf(on, ballot.judgement),
  }));
  return {
    count: { rule: rule.kind, votes, needed: needed[rule.kind], most, carried: carried?.position ?? null },
    carried,
    camps,
  };
}

/** The fields that are voted on, of all where none is named. */
function positionOf(on: readonly string[], judgement: JsonObject): JsonObject {
  if (on.length === 0) return judgement;
  return Object.fromEntries(on.map((field) => [field, judgement[field] ?? null]));
}

function campsOf(on: readonly string[], ballots: readonly Ballot[], weightOf: (ballot: Ballot) => number): Camp[] {
  const camps = new Map<string, Camp>();
  for (const ballot of ballots) {
    const { judgement, turn } = ballot;
    if (judgement === null) continue;
    const position = positionOf(on, judgement);
    const known = camps.get(digestOf(position));
    const voters = [...(known?.ballots ?? []), { turn, judgement }];
    voters.sort((a, b) => b.turn.confidence - a.turn.confidence);
    camps.set(digestOf(position), { position, weight: (known?.weight ?? 0) + weightOf(ballot), ballots: voters });
  }
  return [...camps.values()].sort((a, b) => b.weight - a.weight);
}
