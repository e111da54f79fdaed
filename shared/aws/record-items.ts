import * as z from 'zod';
import { DecisionRecord, Review, SecondReview, Seed, SpotCheck, SpotDraw } from '../contracts/index.ts';
import { segmentKey } from '../domain/phase-changes.ts';
import type { Item } from './case-items.ts';
import { keyOf, listOf, sortableTime } from './item-keys.ts';

/** The item of a decision's record, in the list of its segment and version. */
export function recordItem(record: DecisionRecord): Item {
  const { caseId, workflow, segment, version, decidedAtMs, revision } = record;
  return {
    ...keyOf.record(caseId),
    // An attribute of its own, because conditions read it.
    revision: { N: String(revision) },
    listPk: { S: listOf.recordsOf(workflow, segmentKey(segment), version) },
    listSk: { S: sortableTime(decidedAtMs, caseId) },
    body: { S: JSON.stringify(record) },
  };
}

export function readRecord(item: Item): DecisionRecord {
  return DecisionRecord.parse(body(item));
}

/** The same answer written twice is the same item. */
export function reviewItem(review: Review): Item {
  const { caseId, requestId, person, workflow, atMs } = review;
  return {
    ...keyOf.review(caseId, `${requestId}#${person.toLowerCase()}`),
    listPk: { S: listOf.reviewsOf(workflow) },
    listSk: { S: sortableTime(atMs, requestId) },
    body: { S: JSON.stringify(review) },
  };
}

export function readReview(item: Item): Review {
  return Review.parse(body(item));
}

/** In no list: nothing tells such a case from others. */
export function seedItem(seed: Seed): Item {
  return { ...keyOf.seed(seed.caseId), body: { S: JSON.stringify(seed) } };
}

export function readSeed(item: Item): Seed {
  return Seed.parse(body(item));
}

export function secondReviewItem(review: SecondReview): Item {
  const { caseId, workflow, openedAtMs, revision } = review;
  return {
    ...keyOf.secondReview(caseId),
    revision: { N: String(revision) },
    listPk: { S: listOf.secondReviewsOf(workflow) },
    listSk: { S: sortableTime(openedAtMs, caseId) },
    body: { S: JSON.stringify(review) },
  };
}

export function readSecondReview(item: Item): SecondReview {
  return SecondReview.parse(body(item));
}

export function spotCheckItem(check: SpotCheck): Item {
  const { caseId, workflow, drawnAtMs, revision } = check;
  return {
    ...keyOf.spotCheck(caseId),
    revision: { N: String(revision) },
    listPk: { S: listOf.spotChecksOf(workflow) },
    listSk: { S: sortableTime(drawnAtMs, caseId) },
    body: { S: JSON.stringify(check) },
  };
}

export function readSpotCheck(item: Item): SpotCheck {
  return SpotCheck.parse(body(item));
}

export function spotDrawItem(draw: SpotDraw): Item {
  return { ...keyOf.spotDraw(draw.workflow, draw.day), body: { S: JSON.stringify(draw) } };
}

export function readSpotDraw(item: Item): SpotDraw {
  return SpotDraw.parse(body(item));
}

function body(item: Item): unknown {
  return JSON.parse(z.string().parse(item['body']?.S));
}
