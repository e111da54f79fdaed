import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import {
  type Absence,
  type Action,
  type Answer,
  JsonObject,
  type PersonRequest,
  Proof,
  RequestId,
  type Settings,
  Verb,
} from '../contracts/index.ts';
import { type AnswerOutcome, answer } from '../domain/answers.ts';
import { isGovernance } from '../domain/governance-case.ts';
import { keepsWaiting } from '../domain/keeps-waiting.ts';
import { phaseNow } from '../domain/may-perform.ts';
import { askedOf } from '../domain/people.ts';
import { compensationFor } from '../domain/take-back.ts';
import { absencesFor, isEntitled } from '../domain/team-members.ts';
import {
  type CaseStore,
  type CaseWrite,
  type Clock,
  ConflictError,
  type HistoryStore,
  type PeopleStore,
  type RecordStore,
  type RequestStore,
  type SettingsStore,
} from '../ports/index.ts';
import { decidingWrite, votingWrite } from './answers/answer-write.ts';
import { capProblem } from './answers/cap-problem.ts';
import { itemsBehind } from './answers/correction-of.ts';
import { askedAgain, editedAction, parseEdits } from './answers/edited-action.ts';
import { noteRefusal } from './answers/note-refusal.ts';
import { type WakePorts, wake } from './answers/wake.ts';
import { decidePhase } from './autonomy/decide-phase.ts';
import { stepBackAfter } from './autonomy/step-back-if-due.ts';
import { currentSettings } from './current-settings.ts';
import { type LoadedRequest, loadRequest } from './load-request.ts';
import { operation } from './operation.ts';
import { answerEvidence } from './records/answer-evidence.ts';
import { openHead } from './requests/case-head.ts';
import { keyOf } from './rounds/agents-round.ts';
import { problemWithSecond } from './second-reviews/review-said.ts';
import { isTakeBack, startTakeBack } from './taking-back/start-take-back.ts';
import { undoEvents } from './taking-back/undo-events.ts';

/** An answer whose giver is proved already, by code or sign-in. */
export const AnswerRequest = z.object({
  requestId: RequestId,
  verb: Verb,
  by: z.string(),
  proof: Proof,
  channel: z.enum(['page', 'api', 'inbox']),
  digest: z.string(),
  reason: z.string().max(2_000).default(''),
  edits: JsonObject.nullable().default(null),
  seen: z.string().default(''),
  onPageMs: z.int().min(0).nullable().default(null),
});
type AnswerRequest = z.infer<typeof AnswerRequest>;

export interface AnswerRequestPorts extends WakePorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly people: PeopleStore;
  readonly records: RecordStore;
  readonly history: HistoryStore;
  readonly settings: SettingsStore;
  readonly clock: Clock;
}

export type AnswerReceipt = AnswerOutcome | { readonly kind: 'unknown' };

/**
 * Takes one answer: one conditional write decides, then the waiting execution goes on. Whoever comes second is told the
 * first outcome. Where the execution could not be woken, it finds the answer at its next step: nobody is asked twice.
 * An answer of the wrong person, proof or form of the question is refused, and that is put on record.
 */
export const answerRequest = operation({
  name: 'answer-request',
  input: AnswerRequest,
  async run(ports: AnswerRequestPorts, command): Promise<AnswerReceipt> {
    const loaded = await loadRequest(ports, command.requestId);
    return loaded === null ? { kind: 'unknown' } : answerLoaded(ports, loaded, command);
  },
});

/**
 * The same for a request that was just read, as by the page that its form came from. What it rests on may have changed
 * since: the write holds only for the request and the action as they were read; rights and settings are looked up here.
 */
export async function answerLoaded(
  ports: AnswerRequestPorts,
  loaded: LoadedRequest,
  command: Omit<AnswerRequest, 'requestId'>,
): Promise<AnswerReceipt> {
  const { request, workflow } = loaded;
  const nowMs = ports.clock.nowMs();
  const [absences, settings] = await Promise.all([
    ports.people.absences(askedOf(request), nowMs),
    currentSettings(ports.settings, workflow),
  ]);
  const now = { nowMs, absences: absencesFor(workflow, absences), settings };
  const judged = judgeAnswer(loaded, { ...command, requestId: request.id }, now);
  switch (judged.kind) {
    case 'answered':
    case 'counted':
      return take(ports, loaded, judged, now);
    case 'settled':
      await goOn(ports, loaded, judged.request);
      return judged;
    case 'not-allowed':
    case 'proof-needed':
      await noteRefusal(ports, loaded, { ...command, problem: judged.problem });
      return judged;
    case 'changed':
      await noteRefusal(ports, loaded, { ...command, problem: 'It was about another form of the question.' });
      return judged;
    case 'expired':
    case 'voted':
    case 'incomplete':
      return judged;
  }
}

type Taken = Extract<AnswerOutcome, { kind: 'answered' | 'counted' }>;

/** What holds at the moment of the answer. */
interface Now {
  readonly nowMs: number;
  /** As they count for the workflow. */
  readonly absences: readonly Absence[];
  readonly settings: Settings;
}

function judgeAnswer(loaded: LoadedRequest, command: AnswerRequest, { settings, ...now }: Now): AnswerOutcome {
  const { request, workflow, case: case_ } = loaded;
  const caseKey = isGovernance(case_) ? '' : keyOf(workflow, case_.input as JsonObject);
  const isShadow = phaseNow({ case: case_, settings, caseKey }) === 'shadow';
  const outcome = answer(request, command, { ...now, isPaused: settings.paused, isShadow });
  if (outcome.kind !== 'answered' && outcome.kind !== 'counted') return outcome;
  // Who was asked and has left the team since: rights are those of the moment of the answer.
  if (!isEntitled(workflow, case_.input, command.by)) return { kind: 'not-allowed', problem: NOT_OF_THE_TEAM };
  return withEdits(loaded, outcome);
}

const NOT_OF_THE_TEAM = 'You are not among the people who may answer for this workflow any more.';

/** The edit of an answer with the values that its schema makes of it. */
function withEdits(loaded: LoadedRequest, outcome: Taken): AnswerOutcome {
  const given = outcome.kind === 'answered' ? outcome.request.answer : outcome.vote;
  if (given.edits === null) return outcome;
  const parsed = parseEdits(loaded, given.edits);
  if ('problem' in parsed) return { kind: 'incomplete', problem: parsed.problem };
  const answered = { ...given, edits: parsed.value };
  const votes = outcome.request.votes.map((vote) => (vote === given ? answered : vote));
  return outcome.kind === 'answered'
    ? { kind: 'answered', request: { ...outcome.request, votes, answer: answered } }
    : { kind: 'counted', request: { ...outcome.request, votes }, vote: answered };
}

async function take(ports: AnswerRequestPorts, loaded: LoadedRequest, taken: Taken, now: Now): Promise<AnswerReceipt> {
  const given = taken.kind === 'answered' ? taken.request.answer : taken.vote;
  let edited: Action | null = null;
  if (given.edits !== null && loaded.action !== null) {
    const closed = await ports.cases.closedIntents(loaded.case.id);
    const changed = editedAction(loaded, loaded.action, { edits: given.edits, closed });
    if ('problem' in changed) return { kind: 'incomplete', problem: changed.problem };
    edited = changed.action;
  }
  const wanted = { verb: given.verb, action: edited ?? loaded.action };
  const capped = await capProblem(ports.cases, loaded, { ...wanted, ...now });
  if (capped !== null) return { kind: 'incomplete', problem: capped };
  const problem = problemWithUndo(loaded, taken);
  if (problem !== null) return { kind: 'incomplete', problem };
  const again = edited === null ? null : askedAgain(loaded, taken, edited);
  const outcome: Taken = again === null ? taken : { kind: 'counted', request: again, vote: given };
  const lost = await write(ports, loaded, outcome, edited);
  if (lost !== null) return lost;
  if (outcome.kind === 'answered') count(ports, outcome.request);
  // A changed question is put to the others by the execution that waits.
  if (outcome.kind === 'answered' || again !== null) await goOn(ports, loaded, outcome.request);
  return outcome;
}

const NO_PHASE: Pick<CaseWrite, 'events' | 'actions' | 'changedSettings'> = { events: [] };

/** What takes it back is started and whoever waits goes on. Where one of both fails, the machine `ask` makes up for it. */
async function goOn(ports: AnswerRequestPorts, loaded: LoadedRequest, request: PersonRequest): Promise<void> {
  try {
    await startTakeBack(ports.executions, loaded.case, request);
  } catch (error) {
    ports.telemetry.count('Errors', 1, request.workflow);
    const name = error instanceof Error ? error.name : 'unknown';
    ports.telemetry.log('take-back-not-started', { caseId: request.caseId, requestId: request.id, error: name });
  }
  await wake(ports, request);
}

function count({ telemetry }: AnswerRequestPorts, request: PersonRequest & { readonly answer: Answer }): void {
  telemetry.count('RequestsAnswered', 1, request.workflow);
  if (undoEvents(request, request.answer).length > 0) telemetry.count('Undos', 1, request.workflow);
}

/** Nobody is told that something is taken back where nothing could do it. */
function problemWithUndo({ workflow, action }: LoadedRequest, taken: Taken): string | null {
  if (taken.kind !== 'answered' || action === null || !isTakeBack(taken.request)) return null;
  const compensating = compensationFor(workflow, action);
  return compensating.ok ? null : `${compensating.problem} Please do it by hand.`;
}

/** Writes of others that an answer lets pass by. */
const MOST_TRIES = 6;

/** @returns what came first, when another answer did. */
async function write(
  ports: AnswerRequestPorts,
  loaded: LoadedRequest,
  outcome: Taken,
  edited: Action | null,
  tries = MOST_TRIES,
): Promise<AnswerReceipt | null> {
  const { case: case_, request: before } = loaded;
  const changes =
    outcome.kind === 'answered'
      ? decidingWrite(loaded, outcome.request, edited, await itemsBehind(ports.cases, loaded, outcome.request.answer))
      : votingWrite(loaded, outcome.request, { vote: outcome.vote, edited });
  const opened = outcome.kind === 'answered' ? await reopened(ports, loaded) : {};
  const given = outcome.kind === 'answered' ? outcome.request.answer : outcome.vote;
  const phase = outcome.kind === 'answered' && before.kind === 'change-phase';
  const decided = phase ? await decidePhase(ports.settings, loaded, given) : NO_PHASE;
  if ('problem' in decided) return { kind: 'incomplete', problem: decided.problem };
  const barred = await problemWithSecond(ports.records, loaded, given.by);
  if (barred !== null) return { kind: 'not-allowed', problem: barred };
  const evidence = await answerEvidence(ports, loaded, given, outcome.kind === 'answered');
  const wanted: CaseWrite = {
    ...{ caseId: case_.id, workflow: case_.workflow, cursor: case_.ledger, atMs: given.atMs, ...changes },
    ...{ ...opened, ...decided, ...evidence.write },
    actions: [...(changes.actions ?? []), ...(decided.actions ?? [])],
    events: [...changes.events, ...decided.events, ...evidence.events],
    head: { ...opened.head, ...changes.head, ...evidence.head },
  };
  try {
    await ports.cases.commit(wanted);
    await stepBackAfter(ports, loaded.workflow, evidence.write.record?.record ?? null);
    return null;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    // Another answer about the same decision, or the same case, came in between; this one still counts.
    if (error.kind === 'record-changed' && tries > 1) return write(ports, loaded, outcome, edited, tries - 1);
    if (error.kind === 'ledger-moved' && tries > 1) {
      const now = await ports.cases.get(case_.id);
      if (now !== null) return write(ports, { ...loaded, case: now }, outcome, edited, tries - 1);
    }
    const current = await ports.requests.get(before.id);
    if (current === null) return { kind: 'unknown' };
    if (current.state === 'expired') return { kind: 'expired', request: current };
    return { kind: current.state === 'open' ? 'changed' : 'settled', request: current };
  }
}

/** A case waits while any of its questions does; one about what is done keeps nothing waiting. */
async function reopened(
  { requests }: AnswerRequestPorts,
  { request, case: case_ }: LoadedRequest,
): Promise<Pick<CaseWrite, 'head' | 'expectOpen'>> {
  if (!keepsWaiting(request)) return {};
  const others = await requests.ofCase(request.caseId);
  const isLast = others.every((other) => other.id === request.id || other.state !== 'open' || !keepsWaiting(other));
  return isLast ? openHead(case_, 'open') : {};
}
