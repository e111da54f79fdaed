import type { Answer, Case, CaseEvent, DecisionRecord, JsonObject, Review, Seed } from '../../contracts/index.ts';
import { compareDecisions, tolerancesOf } from '../../domain/agreement.ts';
import { afterAnswer, afterExpiry } from '../../domain/decision-record.ts';
import type { CaseWrite, HistoryStore, RecordStore } from '../../ports/index.ts';
import { lessonOf } from '../history/lesson-of.ts';
import type { LoadedRequest } from '../load-request.ts';
import { reviewSaid, secondReviewOver } from '../second-reviews/review-said.ts';
import { spotCheckAnswered, spotCheckLeftOut } from '../spot-checks/spot-check-answered.ts';

/** What an answer proves, for the write that takes it. */
export interface Evidence {
  readonly events: readonly CaseEvent[];
  readonly write: Pick<CaseWrite, 'record' | 'review' | 'spotCheck' | 'secondReview' | 'lesson'>;
  readonly head: NonNullable<CaseWrite['head']>;
}

/** What an answer says of the agents' decision, and of how the person answers. `isLast`: it decides the question. */
export async function answerEvidence(
  { records, history }: { readonly records: RecordStore; readonly history: HistoryStore },
  loaded: LoadedRequest,
  answer: Answer,
  isLast: boolean,
): Promise<Evidence> {
  const { request, case: case_, workflow, action } = loaded;
  const nothing = { events: [], write: {}, head: {} };
  if (request.kind === 'change-phase') return nothing;
  const record = await records.get(case_.id);
  if (record !== null) {
    const after = isLast ? afterAnswer(record, { workflow, request, answer, action }) : record;
    const change = after === record ? {} : { record: { record: after, from: record.revision } };
    const settled = { workflow, case_, record: after, atMs: answer.atMs };
    const lesson = after === record ? {} : await lessonOf(history, settled);
    const write = { ...change, ...lesson, review: reviewOf(loaded, answer, null) };
    const said = isLast ? await reviewOrCheck(records, loaded, { answer, record }) : null;
    return said === null ? { ...nothing, write } : { ...nothing, ...said, write: { ...write, ...said.write } };
  }
  const seed = await records.seed(case_.id);
  if (seed === null) return { ...nothing, write: { review: reviewOf(loaded, answer, null) } };
  const isRight = isRightAnswer(seed, answer, loaded);
  const review = reviewOf(loaded, answer, isRight);
  const revealed = { type: 'seed-revealed' as const, requestId: request.id, by: answer.by, isRight: isRight ?? false };
  return {
    events: [...(isRight === null ? [] : [revealed]), closed(case_, answer.atMs)],
    ...ended(answer.atMs, 'reviewed'),
    write: { review },
  };
}

async function reviewOrCheck(
  records: RecordStore,
  loaded: LoadedRequest,
  { answer, record }: { readonly answer: Answer; readonly record: DecisionRecord },
): Promise<Pick<Evidence, 'events' | 'write'> | null> {
  return loaded.request.kind === 'spot-check'
    ? spotCheckAnswered(records, loaded, answer)
    : reviewSaid(records, loaded, answer, record);
}

/** What it says that nobody answered: nothing, for neither side. */
export async function expiryEvidence(
  records: RecordStore,
  { request, case: case_ }: LoadedRequest,
  atMs: number,
): Promise<Evidence> {
  const nothing = { events: [], write: {}, head: {} };
  if (request.kind === 'change-phase') return nothing;
  const record = await records.get(case_.id);
  if (record !== null) {
    if (request.kind === 'spot-check') return { ...nothing, ...(await spotCheckLeftOut(records, case_.id)) };
    if (request.kind === 'second-review') return { ...nothing, ...(await secondReviewOver(records, case_.id)) };
    const after = afterExpiry(record);
    return after === record ? nothing : { ...nothing, write: { record: { record: after, from: record.revision } } };
  }
  const seed = await records.seed(case_.id);
  return seed === null ? nothing : { events: [closed(case_, atMs)], ...ended(atMs, 'expired'), write: {} };
}

/** No execution goes on after a question with a known answer: it ends with its answer. */
function ended(closedAtMs: number, outcome: 'reviewed' | 'expired'): Pick<Evidence, 'head'> {
  return { head: { state: 'closed', outcome, closedAtMs } };
}

function closed({ openedAtMs, usage }: Case, atMs: number): CaseEvent {
  const tookMs = atMs - openedAtMs;
  return { type: 'case-closed', outcome: 'reviewed', costUsd: usage.costUsd, tookMs, personAsked: true };
}

function isRightAnswer(
  { shown, answer: right }: Seed,
  { verb, edits }: Answer,
  { workflow }: LoadedRequest,
): boolean | null {
  const isSame = (decision: JsonObject): boolean =>
    compareDecisions(decision, right, tolerancesOf(workflow)).every(({ agrees }) => agrees);
  switch (verb) {
    case 'approve':
      return isSame(shown);
    case 'edit':
      return isSame(edits ?? shown);
    case 'reject':
      return !isSame(shown);
    case 'respond':
    case 'take-over':
      return null;
  }
}

function reviewOf(loaded: LoadedRequest, answer: Answer, isRight: boolean | null): Review {
  const { request, case: case_ } = loaded;
  return {
    workflow: request.workflow,
    caseId: case_.id,
    requestId: request.id,
    person: answer.by,
    verb: answer.verb,
    atMs: answer.atMs,
    tookMs: answer.onPageMs ?? Math.max(0, answer.atMs - request.openedAtMs),
    cardLength: cardLength(loaded),
    isRight,
  };
}

/** Roughly what there was to read. */
function cardLength({ request, case: case_ }: LoadedRequest): number {
  const { question, reasons, draft } = request;
  const evidence = case_.readings.map(({ data }) => data);
  return JSON.stringify([question, reasons, draft, case_.input, evidence]).length;
}
