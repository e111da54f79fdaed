import type { SpotBand, SpotStratum } from '../../contracts/index.ts';
import { fractionOf } from '../phases.ts';

/** A case that ended without a person, and may be looked at afterwards. */
export interface Candidate {
  readonly caseId: string;
  /** Segment id, or `all` for cases of no segment. */
  readonly segment: string;
  /** Digest of the workflow's version that decided. */
  readonly version: string;
  /** How sure the agents were, and had to be (0..1). */
  readonly confidence: number;
  readonly minimumConfidence: number;
}

export interface DrawRules {
  /** Share (0..1) of the cases that is drawn on average. */
  readonly share: number;
  /** Never more than this, whatever the share comes to. */
  readonly most: number;
  /** Where chance comes from: the same seed and cases give the same draw. */
  readonly seed: string;
  /** How many cases of a segment were checked under a version so far. */
  readonly checked: (segment: string, version: string) => number;
}

export interface Drawn {
  readonly strata: readonly SpotStratum[];
  readonly cases: readonly (Candidate & { readonly band: SpotBand; readonly probability: number })[];
}

/** How much oftener a case is drawn than one that the agents were sure of and whose segment is well known. */
const FACTORS: Readonly<Record<SpotBand, number>> = { sure: 1, new: 2, unsure: 3 };

/** With fewer checked cases a segment is new. */
const NEW_BELOW = 30;

/**
 * A stratified sample with known probabilities. Cases of one segment, version and band are a stratum, in which each case
 * is as likely as any other; what little is known of is drawn oftener, at the cost of the rest, so that the share of all
 * stays as it is. How many of a stratum are drawn is the whole number below or above what its probability comes to, by one
 * chance for all strata: the number of all is off by less than one, and each case has exactly the probability that is
 * stated. Pure.
 */
export function drawCases(candidates: readonly Candidate[], rules: DrawRules): Drawn {
  const strata = [...Map.groupBy(candidates, (one) => JSON.stringify(stratumOf(one, rules)))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => ({ ...(JSON.parse(key) as Stratum), members }));
  const wanted = Math.min(rules.share * candidates.length, rules.most);
  const probabilities = probabilitiesOf(strata, wanted);
  const sizes = wholeSizes(
    strata.map(({ members }, at) => members.length * (probabilities[at] ?? 0)),
    fractionOf([rules.seed]),
  );
  const made = strata.map(({ members, ...stratum }, at) => {
    const probability = probabilities[at] ?? 0;
    const drawn = shuffled(members, rules.seed).slice(0, Math.min(sizes[at] ?? 0, members.length));
    return {
      stratum: { ...stratum, cases: members.length, drawn: drawn.length, probability },
      cases: drawn.map((one) => ({ ...one, band: stratum.band, probability })),
    };
  });
  // From a share of nothing nothing is drawn, and nothing is told of it.
  const known = made.filter(({ stratum }) => stratum.probability > 0);
  return { strata: known.map(({ stratum }) => stratum), cases: known.flatMap(({ cases }) => cases) };
}

type Stratum = Pick<SpotStratum, 'segment' | 'version' | 'band'>;

function stratumOf(candidate: Candidate, { checked }: DrawRules): Stratum {
  const { segment, version } = candidate;
  return { segment, version, band: bandOf(candidate, checked(segment, version)) };
}

/** Nearer to the least confidence that may act than to certainty is unsure. */
function bandOf({ confidence, minimumConfidence }: Candidate, checked: number): SpotBand {
  if (confidence < (minimumConfidence + 1) / 2) return 'unsure';
  return checked < NEW_BELOW ? 'new' : 'sure';
}

/** In proportion to the factors; where that would be more than certain, it is certain and the others get what is left. */
function probabilitiesOf(
  strata: readonly { readonly band: SpotBand; readonly members: readonly unknown[] }[],
  wanted: number,
): readonly number[] {
  const certain = new Set<number>();
  for (;;) {
    const others = strata.flatMap(({ band, members }, at) =>
      certain.has(at) ? [] : [{ at, factor: FACTORS[band], weight: FACTORS[band] * members.length }],
    );
    const taken = strata.reduce((sum, { members }, at) => sum + (certain.has(at) ? members.length : 0), 0);
    const weight = others.reduce((sum, one) => sum + one.weight, 0);
    const unit = weight === 0 ? 0 : Math.max(0, wanted - taken) / weight;
    const full = others.filter(({ factor }) => factor * unit >= 1);
    if (full.length === 0) return strata.map(({ band }, at) => (certain.has(at) ? 1 : FACTORS[band] * unit));
    for (const { at } of full) certain.add(at);
  }
}

/** Systematic rounding: each is rounded down or up, on average to what it is, and so is the sum of any first of them. */
function wholeSizes(expected: readonly number[], chance: number): readonly number[] {
  let sum = chance;
  return expected.map((size) => {
    const before = Math.floor(sum + TINY);
    sum += size;
    return Math.floor(sum + TINY) - before;
  });
}

/** Sums of fractions miss whole numbers by a rounding. */
const TINY = 1e-9;

function shuffled(members: readonly Candidate[], seed: string): readonly Candidate[] {
  return members
    .map((one) => ({ one, at: fractionOf([seed, one.caseId]) }))
    .toSorted((a, b) => a.at - b.at || (a.one.caseId < b.one.caseId ? -1 : 1))
    .map(({ one }) => one);
}
