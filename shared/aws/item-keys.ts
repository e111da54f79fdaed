import type { TurnKey } from '../ports/index.ts';

/** How items of the table `Cases` are keyed. A case and its actions share a partition; a request has one of its own. */
export const keyOf = {
  case: (caseId: string) => ({ pk: { S: `case#${caseId}` }, sk: { S: 'case' } }),
  action: (caseId: string, actionId: string) => ({ pk: { S: `case#${caseId}` }, sk: { S: `action#${actionId}` } }),
  request: (requestId: string) => ({ pk: { S: `request#${requestId}` }, sk: { S: 'request' } }),
  intent: (caseId: string, intent: string) => ({ pk: { S: `case#${caseId}` }, sk: { S: `intent#${intent}` } }),
  person: (address: string) => ({ pk: { S: `person#${address.toLowerCase()}` }, sk: { S: 'person' } }),
  link: (key: string) => ({ pk: { S: `link#${key}` }, sk: { S: 'link' } }),
  /** The counter of a cap: of one day for all cases, or with the items of its case. */
  cap: (of: { readonly workflow: string; readonly caseId: string }, cap: string, day: string | null) =>
    day === null
      ? { pk: { S: `case#${of.caseId}` }, sk: { S: `cap#${cap}` } }
      : { pk: { S: `cap#${of.workflow}#${cap}#${day}` }, sk: { S: 'cap' } },
  settings: (workflow: string) => ({ pk: { S: `settings#${workflow}` }, sk: { S: 'settings' } }),
  /** Shapes of a workflow share a partition; the id names the workflow. */
  shape: (shapeId: string) => ({
    pk: { S: shapePartition(shapeId.split('.')[0] ?? '') },
    sk: { S: `shape#${shapeId}` },
  }),
  record: (caseId: string) => ({ pk: { S: `case#${caseId}` }, sk: { S: 'record' } }),
  review: (caseId: string, answer: string) => ({ pk: { S: `case#${caseId}` }, sk: { S: `review#${answer}` } }),
  secondReview: (caseId: string) => ({ pk: { S: `case#${caseId}` }, sk: { S: 'second-review' } }),
  spotCheck: (caseId: string) => ({ pk: { S: `case#${caseId}` }, sk: { S: 'spot-check' } }),
  /** Draws of a workflow share a partition, in the order of their days. */
  spotDraw: (workflow: string, day: string) => ({ pk: { S: spotDrawPartition(workflow) }, sk: { S: `draw#${day}` } }),
  /** What people confirmed under one key of a model's history, which is a digest. */
  history: (key: string) => ({ pk: { S: `history#${key}` }, sk: { S: 'history' } }),
  lesson: (caseId: string) => ({ pk: { S: `case#${caseId}` }, sk: { S: 'lesson' } }),
  seed: (caseId: string) => ({ pk: { S: `case#${caseId}` }, sk: { S: 'seed' } }),
  /** In the partition of the case that it followed from, so that what followed is found without a search. */
  follower: (causeId: string, atMs: number, caseId: string) => ({
    pk: { S: `case#${causeId}` },
    sk: { S: `follower#${sortableTime(atMs, caseId)}` },
  }),
  example: (workflow: string, atMs: number, id: string) => ({
    pk: { S: `examples#${workflow}` },
    sk: { S: `example#${sortableTime(atMs, id)}` },
  }),
  absenceChange: (address: string, atMs: number) => ({
    pk: { S: `person#${address.toLowerCase()}` },
    sk: { S: `absence#${sortableTime(atMs, '')}` },
  }),
  overturning: (caseId: string, ref: string) => ({ pk: { S: `case#${caseId}` }, sk: { S: `overturning#${ref}` } }),
  /** A case in the list of a person; `subject` is a keyed digest. */
  subject: (subject: string, caseId: string) => ({ pk: { S: `subject#${subject}` }, sk: { S: `case#${caseId}` } }),
  /** A case in the list of the day on which it was opened. */
  openedOn: (day: string, caseId: string) => ({ pk: { S: `opened#${day}` }, sk: { S: `case#${caseId}` } }),
  /** Apart from the case: who runs turns may write here, and nothing else of it. */
  turn: (caseId: string, { run, round, agent }: TurnKey) => ({
    pk: { S: stepsPartition(caseId) },
    sk: { S: `turn#${run}#${round}#${agent}` },
  }),
  problem: (caseId: string, about: string) => ({ pk: { S: stepsPartition(caseId) }, sk: { S: `problem#${about}` } }),
  /** That somebody was told what their answer by mail is worth; the name is a digest. */
  replyClaim: (name: string) => ({ pk: { S: `reply#${name}` }, sk: { S: 'reply' } }),
  /** A file of many lines. Its pieces have partitions of their own, so that all of them may be worked on at once. */
  batch: (batchId: string) => ({ pk: { S: `batch#${batchId}` }, sk: { S: 'batch' } }),
  batchPiece: (batchId: string, number: number) => ({ pk: { S: `batch#${batchId}#${number}` }, sk: { S: 'piece' } }),
  draft: (key: string) => ({ pk: { S: `draft#${key}` }, sk: { S: 'draft' } }),
};

/** What a reference in a mail of ours names. Apart, because two functions have to do with them and no other. */
export function referenceKey(name: string): {
  readonly pk: { readonly S: string };
  readonly sk: { readonly S: string };
} {
  return { pk: { S: `reference#${name}` }, sk: { S: 'reference' } };
}

/** Partitions of the two indexes. `byList` serves lists, `byState` the same lists narrowed down. */
export const listOf = {
  casesOf: (workflow: string) => `cases#${workflow}`,
  casesIn: (workflow: string, state: string) => `cases#${workflow}#${state}`,
  openRequests: 'requests#open',
  requestsToWake: 'requests#to-wake',
  overturningsToStart: 'overturnings#to-start',
  requestsOf: (caseId: string) => `requests-of#${caseId}`,
  recordsOf: (workflow: string, segment: string, version: string) => `records#${workflow}#${segment}#${version}`,
  reviewsOf: (workflow: string) => `reviews#${workflow}`,
  secondReviewsOf: (workflow: string) => `second-reviews#${workflow}`,
  spotChecksOf: (workflow: string) => `spot-checks#${workflow}`,
  /** Of which the text is kept: not all lines are on the queue. */
  waitingFilesOf: (workflow: string) => `waiting-files#${workflow}`,
};

/** Times as text sort as numbers do. */
export function sortableTime(timeMs: number, id: string): string {
  return `${String(Math.round(timeMs)).padStart(15, '0')}#${id}`;
}

export function shapePartition(workflow: string): string {
  return `shapes#${workflow}`;
}

export function stepsPartition(caseId: string): string {
  return `steps#${caseId}`;
}

export function spotDrawPartition(workflow: string): string {
  return `spot-draws#${workflow}`;
}
