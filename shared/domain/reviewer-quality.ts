import type { DecisionRecord, Review } from '../contracts/index.ts';
import { agreementOf, type Share, shareOf } from './agreement.ts';
import { isSamePerson } from './people.ts';
import { segmentKey } from './phase-changes.ts';

/** How one person answers. Nothing here is about one answer alone. */
export interface ReviewerQuality {
  readonly person: string;
  readonly answers: number;
  readonly approvals: Share;
  readonly medianTookMs: number;
  /** Yes answers that came faster than what there was to read can be taken in. */
  readonly hasty: Share;
  /** Known-answer items answered rightly. */
  readonly seeded: Share;
  /** Of the decisions that the agents stood by and that this person has judged, those that they agreed with. */
  readonly agreement: Share;
  readonly segments: readonly (Share & { readonly segment: string })[];
  /** Decisions that they said yes to and that were overturned later. */
  readonly reversed: number;
  /** Why this looks like saying yes without reading, one sentence each; empty where it does not. */
  readonly warnings: readonly string[];
}

/** Fewer answers show no habit. */
const FEWEST_ANSWERS = 10;
const FEWEST_SEEDS = 3;

/** Far faster than anybody reads (about 25 a second): whoever is quicker has at best looked at the headline. */
const SKIMMED_PER_SECOND = 100;
const SHORTEST_LOOK_MS = 3_000;
/** A familiar form does not have to be read to its end each time. */
const LONGEST_NEEDED_LOOK_MS = 15_000;

/** At least so long somebody looks who has looked at all. */
function shortestLookMs({ cardLength }: Pick<Review, 'cardLength'>): number {
  const skimmedMs = (cardLength / SKIMMED_PER_SECOND) * 1_000;
  return Math.min(LONGEST_NEEDED_LOOK_MS, Math.max(SHORTEST_LOOK_MS, skimmedMs));
}

/** By person, in alphabetical order. `records`: of the cases that were answered, for what became of them. */
export function reviewerQuality(
  reviews: readonly Review[],
  records: readonly DecisionRecord[],
): readonly ReviewerQuality[] {
  const byCase = new Map(records.map((record) => [record.caseId, record]));
  const people = Map.groupBy(reviews, ({ person }) => person.toLowerCase());
  return [...people]
    .map(([person, own]) => ({ ...qualityOf(person, own, byCase), ...agreementWith(person, records) }))
    .toSorted((a, b) => (a.person < b.person ? -1 : 1));
}

/** Segment by segment too: somebody who sees only the hard cases is no stern judge by that. */
function agreementWith(
  person: string,
  records: readonly DecisionRecord[],
): Pick<ReviewerQuality, 'agreement' | 'segments'> {
  const judged = records.filter(({ by }) => by !== null && isSamePerson(by, person));
  const kinds = Map.groupBy(judged, ({ segment }) => segmentKey(segment));
  return {
    agreement: agreementOf(judged).sure,
    segments: [...kinds]
      .map(([segment, own]) => ({ segment, ...agreementOf(own).sure }))
      .filter(({ of }) => of > 0)
      .toSorted((a, b) => (a.segment < b.segment ? -1 : 1)),
  };
}

function qualityOf(
  person: string,
  own: readonly Review[],
  records: ReadonlyMap<string, DecisionRecord>,
): Omit<ReviewerQuality, 'agreement' | 'segments'> {
  const yes = own.filter(isYes);
  const known = own.filter(({ isRight }) => isRight !== null);
  const figures = {
    person,
    answers: own.length,
    approvals: shareOf(yes.length, own.length),
    medianTookMs: median(own.map(({ tookMs }) => tookMs)),
    hasty: shareOf(yes.filter((review) => review.tookMs < shortestLookMs(review)).length, yes.length),
    seeded: shareOf(known.filter(({ isRight }) => isRight === true).length, known.length),
    reversed: yes.filter((review) => isReversed(review, records.get(review.caseId))).length,
  };
  return { ...figures, warnings: warningsFor(figures) };
}

function warningsFor({ answers, hasty, seeded }: Pick<ReviewerQuality, 'answers' | 'hasty' | 'seeded'>): string[] {
  const warnings: string[] = [];
  if (answers >= FEWEST_ANSWERS && hasty.agreed * 2 > hasty.of) {
    warnings.push(`${hasty.agreed} of ${hasty.of} yes answers came faster than the question can be read.`);
  }
  // Guessing is right half of the time.
  if (seeded.of >= FEWEST_SEEDS && seeded.agreed * 2 <= seeded.of) {
    warnings.push(`${seeded.of - seeded.agreed} of ${seeded.of} questions with a known answer were answered wrongly.`);
  }
  return warnings;
}

function isYes({ verb }: Review): boolean {
  return verb === 'approve' || verb === 'edit';
}

function isReversed({ atMs }: Review, record: DecisionRecord | undefined): boolean {
  return record?.signals.some(({ kind, atMs: laterMs }) => kind === 'reversal' && laterMs > atMs) ?? false;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
