import type { Json, TurnResult, VoteCount } from '../contracts/index.ts';
import { decidedIn, TIER_WORDS, titleOf } from './agent-words.ts';
import { type ConfidenceView, confidenceView } from './decision-view.ts';
import { type Fact, type FactValue, factsOf, factValue } from './facts.ts';
import { type Labels, labelOf } from './field-labels.ts';
import { isObject } from './json-schema.ts';

/** Who of several agents said what, and where they disagree. */
export type TeamView = {
  /** The last word of each, in the order in which they first spoke. */
  readonly said: readonly SaidView[];
  readonly disputes: readonly DisputeView[];
};

export type SaidView = {
  readonly who: string;
  /** By which model, in words. */
  readonly how: string;
  /** What it did where it did not answer, such as a question to a person; empty where it answered. */
  readonly did: string;
  readonly confidence: ConfidenceView | null;
  readonly facts: readonly Fact[];
  readonly because: readonly string[];
};

/** A field on which the votes differ. */
export type DisputeView = {
  readonly label: string;
  readonly sides: readonly { readonly who: string; readonly value: FactValue }[];
};

export type TeamWords = { readonly titles: Readonly<Record<string, string>>; readonly labels: Labels };

/** Null where one agent works alone. `count`: the last vote, where there was one. */
export function teamView(turns: readonly TurnResult[], count: VoteCount | null, words: TeamWords): TeamView | null {
  const last = [...new Map(turns.map((turn) => [turn.agent, turn])).values()];
  if (last.length < 2) return null;
  return { said: last.map((turn) => saidView(turn, words)), disputes: count === null ? [] : disputesIn(count, words) };
}

function saidView(turn: TurnResult, { titles, labels }: TeamWords): SaidView {
  const decided = decidedIn(turn);
  return {
    who: titleOf(titles, turn.agent),
    how: TIER_WORDS[turn.tier],
    did: decided === null ? didWords(turn, titles) : '',
    confidence: decided === null ? null : confidenceView(turn.confidence, null),
    facts: decided === null ? [] : factsOf(decided, labels),
    because: [...turn.reasons, ...turn.doubts],
  };
}

function didWords({ judgement, cap }: TurnResult, titles: TeamWords['titles']): string {
  switch (judgement?.['next']) {
    case 'ask':
      return `asks: ${String(judgement['question'])}`;
    case 'hand-over':
      return `handed the case to ${titleOf(titles, String(judgement['to']))}`;
    case 'delegate':
      return `gave work to ${agentsIn(judgement['turns'] ?? null, titles)}`;
    default:
      return cap === null ? 'gave no answer' : 'was not asked: its limit is reached';
  }
}

function agentsIn(turns: Json, titles: TeamWords['titles']): string {
  const agents = Array.isArray(turns) ? turns.map((turn) => (isObject(turn) ? String(turn['agent']) : '')) : [];
  return agents.map((agent) => titleOf(titles, agent)).join(' and ');
}

function disputesIn({ votes }: VoteCount, { titles, labels }: TeamWords): DisputeView[] {
  const held = votes.flatMap(({ agent, position }) => (position === null ? [] : [{ agent, position }]));
  const fields = [...new Set(held.flatMap(({ position }) => Object.keys(position)))];
  return fields.flatMap((field) => {
    const sides = new Map<string, { value: Json; agents: string[] }>();
    for (const { agent, position } of held) {
      const value = position[field] ?? null;
      const side = sides.get(JSON.stringify(value)) ?? { value, agents: [] };
      sides.set(JSON.stringify(value), { value, agents: [...side.agents, titleOf(titles, agent)] });
    }
    if (sides.size < 2) return [];
    const views = [...sides.values()].map(({ value, agents }) => ({
      who: agents.join(' and '),
      value: factValue(value, labels, [field]),
    }));
    return [{ label: labelOf([field], labels), sides: views }];
  });
}
