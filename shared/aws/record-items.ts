import * as z from 'zod';
import { DecisionRecord, Review, Seed } from '../contracts/index.ts';
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

function body(item: Item): unknown {
  return JSON.parse(z.string().parse(item['body']?.S));
}
