import type { Workflow } from '../authoring/index.ts';
import type { JsonObject, PersonRequest, ReviewSaid, SecondReview } from '../contracts/index.ts';
import { compareDecisions, type Share, shareOf, tolerancesOf } from './agreement.ts';
import { cohenKappa, type Kappa } from './kappa.ts';
import { isSamePerson } from './people.ts';
import { fractionOf } from './phases.ts';

type Asked = Pick<PersonRequest, 'people' | 'nextPeople'>;

/**
 * Who reviews besides those who are asked: somebody of the next people or the owner, else one of the people themselves.
 * Null where that leaves nobody for the first review.
 */
export function secondReviewerOf(
  { team }: Workflow,
  {
    caseId,
    asked,
    requestedBy,
  }: { readonly caseId: string; readonly asked: Asked; readonly requestedBy: string | null },
): string | null {
  const isOther = (person: string): boolean =>
    !asked.people.some((one) => isSamePerson(one, person)) &&
    (requestedBy === null || !isSamePerson(requestedBy, person));
  const others = [...asked.nextPeople, team.owner].filter(isOther);
  const candidates = others.length > 0 ? others : asked.people.length > 1 ? asked.people : [];
  return candidates[Math.floor(fractionOf(['second-reviewer', caseId]) * candidates.length)] ?? null;
}

/** Whoever reviews second is told nothing of the first review, so they are not asked for it. */
export function withoutPerson({ people, nextPeople }: Asked, person: string): Asked {
  const isOther = (one: string): boolean => !isSamePerson(one, person);
  return { people: people.filter(isOther), nextPeople: nextPeople.filter(isOther) };
}

/** The second person has an answer to give, so they must not see anybody else's, nor the agents'. */
export function isSecondAwaited({ second, isOver }: SecondReview): boolean {
  return second === null && !isOver;
}

/** Two reviews of one decision count as two only where two people gave them. */
export function hasGivenOther({ first, second }: SecondReview, kind: PersonRequest['kind'], by: string): boolean {
  const other = kind === 'second-review' ? first : second;
  return other !== null && isSamePerson(other.by, by);
}

/** How far two people agree who reviewed the same decisions on their own. */
export interface TwoReviewers {
  /** Reviews that a second person is or was asked for, and those that both have given. */
  readonly asked: number;
  readonly pairs: number;
  /** Of the pairs, those that decide the same, field by field. */
  readonly same: Share;
  /** `agrees` for whether the agents are right, else the field of the decision. */
  readonly kappas: readonly (Kappa & { readonly about: string })[];
}

/** Whether the agents are right, in place of a field. */
const ABOUT_AGENTS = '*';

/** A field with more values than this is no choice among a few, for which kappa is made. */
const MOST_VALUES = 12;

export function twoReviewers(workflow: Workflow, reviews: readonly SecondReview[]): TwoReviewers {
  const pairs = reviews.flatMap(({ first, second }) => (first === null || second === null ? [] : [{ first, second }]));
  const decided = pairs.flatMap(({ first, second }) =>
    first.decision === null || second.decision === null ? [] : [[first.decision, second.decision] as const],
  );
  const tolerances = tolerancesOf(workflow);
  const isSame = ([a, b]: (typeof decided)[number]): boolean =>
    compareDecisions(a, b, tolerances).every(({ agrees }) => agrees);
  const word = ({ agrees }: ReviewSaid): string => (agrees ? 'right' : 'wrong');
  return {
    asked: reviews.length,
    pairs: pairs.length,
    same: shareOf(decided.filter(isSame).length, decided.length),
    kappas: [
      { about: ABOUT_AGENTS, ...cohenKappa(pairs.map(({ first, second }) => [word(first), word(second)] as const)) },
      ...choicesIn(decided).map((field) => ({
        about: field,
        ...cohenKappa(decided.map(([a, b]) => [String(a[field]), String(b[field])] as const)),
      })),
    ],
  };
}

/** Fields in which each decision chooses among a few values. */
function choicesIn(decided: readonly (readonly [JsonObject, JsonObject])[]): string[] {
  const all = decided.flat();
  const fields = [...new Set(all.flatMap((decision) => Object.keys(decision)))];
  return fields.filter((field) => {
    const values = all.map((decision) => decision[field]);
    const isChoice = values.every((value) => typeof value === 'string' || typeof value === 'boolean');
    return isChoice && new Set(values).size <= MOST_VALUES;
  });
}
