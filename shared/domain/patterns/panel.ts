import type { MergePattern, VotePattern, Workflow } from '../../authoring/index.ts';
import type { DueTurn, Json, JsonObject, Reason, TurnResult } from '../../contracts/index.ts';
import { isSameJson } from '../leaf-fields.ts';
import { findingsOf, undecided } from './findings.ts';
import { judgementOf } from './next-step.ts';
import { agentIn, type Coordination, decided, due, titleIn, type Waves } from './plan.ts';
import { type Ballot, type Camp, type Vote, voteOf } from './votes.ts';

/** All at once; each decides fields of its own. */
export function nextInMerge(workflow: Workflow, { members }: MergePattern, waves: Waves): Coordination {
  const [wave] = waves;
  if (wave === undefined) return due(members.map(first));
  const said = ballotsOf(workflow, members, wave);
  const parts = said.flatMap(({ turn, judgement }) => (judgement === null ? [] : [{ turn, judgement }]));
  return decided(parts.length === members.length ? findingsOf(waves, parts) : undecided(waves));
}

type Votes = VotePattern<readonly string[], string, string>;

/** All at once on the same question: a vote, then debates, then a judge, as far as they are set and needed. */
export function nextInVote(workflow: Workflow, pattern: Votes, waves: Waves): Coordination {
  const { members, judge, debates, rule, on } = pattern;
  if (waves.length === 0) return due(members.map(first));
  const hasJudged = judge !== null && waves.at(-1)?.some(({ agent }) => agent === judge) === true;
  const wave = waves.at(hasJudged ? -2 : -1) ?? [];
  const vote = voteOf(rule, on, ballotsOf(workflow, members, wave));
  if (hasJudged) return judged(workflow, pattern, waves, vote);
  if (vote.carried !== null) return carried(workflow, pattern, waves, { ...vote, carried: vote.carried });
  // Whoever gave no answer would be missing in the debate too.
  const isDebatable = vote.camps.length > 1;
  const handOver = { positions: positionsIn(workflow, wave) };
  if (isDebatable && waves.length <= debates) {
    const debaters = members.map((agent): DueTurn => {
      return { agent, purpose: 'debate', from: members.filter((other) => other !== agent), handOver };
    });
    return due(debaters, vote.count);
  }
  if (isDebatable && judge !== null) {
    return due([{ agent: judge, purpose: 'judge', from: [...members], handOver }], vote.count);
  }
  const reasons = disagreement(workflow, vote);
  return decided(findingsOf(waves, draftOf(vote), { reasons, count: vote.count }));
}

function first(agent: string): DueTurn {
  return { agent, purpose: 'first', from: [], handOver: null };
}

/** In the order of the members; one whose turn is missing says nothing. */
function ballotsOf(workflow: Workflow, members: readonly string[], wave: readonly TurnResult[]): Ballot[] {
  return members.flatMap((id) => {
    const turn = wave.find(({ agent }) => agent === id);
    return turn === undefined ? [] : [{ turn, judgement: judgementOf(agentIn(workflow, id), turn) }];
  });
}

/** The answer of the most confident member of the camp, and no surer than the least confident one. */
function contributionOf({ ballots }: Camp) {
  const [best] = ballots;
  const confidence = Math.min(...ballots.map(({ turn }) => turn.confidence));
  return best === undefined ? [] : [{ ...best, confidence }];
}

function carried(
  workflow: Workflow,
  { onDissent }: Votes,
  waves: Waves,
  vote: Vote & { readonly carried: Camp },
): Coordination {
  const reasons = vote.camps.length > 1 && onDissent === 'ask' ? disagreement(workflow, vote) : [];
  return decided(findingsOf(waves, contributionOf(vote.carried), { reasons, count: vote.count }));
}

function judged(workflow: Workflow, { judge, onDissent }: Votes, waves: Waves, vote: Vote): Coordination {
  const turn = waves.at(-1)?.find(({ agent }) => agent === judge);
  const judgement = judgementOf(agentIn(workflow, turn?.agent), turn);
  const isSilent = turn === undefined || judgement === null;
  const reasons = onDissent === 'ask' || isSilent ? disagreement(workflow, vote) : [];
  return decided(findingsOf(waves, isSilent ? draftOf(vote) : [{ turn, judgement }], { reasons }));
}

/** For the person who decides: what most hold, if anybody holds anything. */
function draftOf({ camps }: Vote) {
  const [heaviest] = camps;
  return heaviest === undefined ? [] : contributionOf(heaviest);
}

/** What each holds, for those who read it again in a debate. */
function positionsIn(workflow: Workflow, wave: readonly TurnResult[]): JsonObject[] {
  return wave.map((turn) => ({
    agent: turn.agent,
    judgement: judgementOf(agentIn(workflow, turn.agent), turn),
    reasons: turn.reasons,
    doubts: turn.doubts,
    confidence: turn.confidence,
  }));
}

const MOST_FIELDS = 5;
const LONGEST_VALUE = 60;

/** Who holds what, field by field, in words for the person who is asked. */
function disagreement(workflow: Workflow, { camps }: Vote): Reason[] {
  const fields = Object.keys(camps[0]?.position ?? {}).filter((field) =>
    camps.some(({ position }) => !isSameJson(position[field] ?? null, camps[0]?.position[field] ?? null)),
  );
  if (camps.length < 2) return [{ code: 'panel-disagrees', text: 'Too few of the panel came to an answer.' }];
  return fields.slice(0, MOST_FIELDS).map((field) => {
    const held = camps.map(({ position, ballots }) => {
      const names = ballots.map(({ turn }) => titleIn(workflow, turn.agent)).join(' and ');
      return `${names}: ${valueWords(position[field] ?? null)}`;
    });
    const label = workflow.labels[field] ?? field;
    return { code: 'panel-disagrees', text: `The panel does not agree on ${label}. ${held.join('; ')}.` };
  });
}

function valueWords(value: Json): string {
  return JSON.stringify(value).slice(0, LONGEST_VALUE).toWellFormed();
}
