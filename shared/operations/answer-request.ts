import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { type Action, JsonObject, Proof, RequestId, Verb } from '../contracts/index.ts';
import { type AnswerOutcome, answer } from '../domain/answers.ts';
import { isGovernance } from '../domain/governance-case.ts';
import { phaseNow } from '../domain/may-perform.ts';
import { askedOf } from '../domain/people.ts';
import {
  type CaseStore,
  type CaseWrite,
  type Clock,
  ConflictError,
  type PeopleStore,
  type RecordStore,
  type RequestStore,
  type SettingsStore,
} from '../ports/index.ts';
import { decidingWrite, votingWrite } from './answers/answer-write.ts';
import { capProblem } from './answers/cap-problem.ts';
import { askedAgain, editedAction, parseEdits } from './answers/edited-action.ts';
import { noteRefusal } from './answers/note-refusal.ts';
import { type WakePorts, wake } from './answers/wake.ts';
import { decidePhase } from './autonomy/decide-phase.ts';
import { stepBackAfter } from './autonomy/step-back-if-due.ts';
import { currentSettings } from './current-settings.ts';
import { type LoadedRequest, loadRequest } from './load-request.ts';
import { operation } from './operation.ts';
import { answerEvidence } from './records/answer-evidence.ts';
import { keyOf } from './rounds/agents-round.ts';

/** An answer whose giver is proved already, by code or sign-in. */
export const AnswerRequest = z.object({
  requestId: RequestId,
  verb: Verb,
  by: z.string(),
  proof: Proof,
  channel: z.enum(['page', 'api']),
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
    if (loaded === null) return { kind: 'unknown' };
    const judged = await judgeAnswer(ports, loaded, command);
    switch (judged.kind) {
      case 'answered':
      case 'counted':
        return take(ports, loaded, judged);
      case 'settled':
        await wake(ports, judged.request);
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
  },
});

type Taken = Extract<AnswerOutcome, { kind: 'answered' | 'counted' }>;

async function judgeAnswer(
  ports: AnswerRequestPorts,
  loaded: LoadedRequest,
  command: AnswerRequest,
): Promise<AnswerOutcome> {
  const { request, workflow, case: case_ } = loaded;
  const nowMs = ports.clock.nowMs();
  const [absences, settings] = await Promise.all([
    ports.people.absences(askedOf(request), nowMs),
    currentSettings(ports.settings, workflow),
  ]);
  const caseKey = isGovernance(case_) ? '' : keyOf(workflow, case_.input as JsonObject);
  const isShadow = phaseNow({ case: case_, settings, caseKey }) === 'shadow';
  const outcome = answer(request, command, { nowMs, absences, isPaused: settings.paused, isShadow });
  return outcome.kind === 'answered' || outcome.kind === 'counted' ? withEdits(loaded, outcome) : outcome;
}

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

async function take(ports: AnswerRequestPorts, loaded: LoadedRequest, taken: Taken): Promise<AnswerReceipt> {
  const given = taken.kind === 'answered' ? taken.request.answer : taken.vote;
  let edited: Action | null = null;
  if (given.edits !== null && loaded.action !== null) {
    const closed = await ports.cases.closedIntents(loaded.case.id);
    const changed = editedAction(loaded, loaded.action, { edits: given.edits, closed });
    if ('problem' in changed) return { kind: 'incomplete', problem: changed.problem };
    edited = changed.action;
  }
  const capped = await capProblem(ports, loaded, { verb: given.verb, action: edited ?? loaded.action });
  if (capped !== null) return { kind: 'incomplete', problem: capped };
  const again = edited === null ? null : askedAgain(loaded, taken, edited);
  const outcome: Taken = again === null ? taken : { kind: 'counted', request: again, vote: given };
  const lost = await write(ports, loaded, outcome, edited);
  if (lost !== null) return lost;
  if (outcome.kind === 'answered') ports.telemetry.count('RequestsAnswered', 1, outcome.request.workflow);
  // A changed question is put to the others by the execution that waits.
  if (outcome.kind === 'answered' || again !== null) await wake(ports, outcome.request);
  return outcome;
}

const NO_PHASE: Pick<CaseWrite, 'events' | 'actions' | 'changedSettings'> = { events: [] };

/** @returns what came first, when another answer did. */
async function write(
  ports: AnswerRequestPorts,
  loaded: LoadedRequest,
  outcome: Taken,
  edited: Action | null,
  tries = 4,
): Promise<AnswerReceipt | null> {
  const { case: case_, request: before } = loaded;
  const changes =
    outcome.kind === 'answered'
      ? decidingWrite(loaded, outcome.request, edited)
      : votingWrite(loaded, outcome.request, { vote: outcome.vote, edited });
  const head = outcome.kind === 'answered' ? await reopened(ports, before) : {};
  const given = outcome.kind === 'answered' ? outcome.request.answer : outcome.vote;
  const phase = outcome.kind === 'answered' && before.kind === 'change-phase';
  const decided = phase ? await decidePhase(ports.settings, loaded, given) : NO_PHASE;
  if ('problem' in decided) return { kind: 'incomplete', problem: decided.problem };
  const evidence = await answerEvidence(ports.records, loaded, given, outcome.kind === 'answered');
  const wanted: CaseWrite = {
    ...{ caseId: case_.id, workflow: case_.workflow, cursor: case_.ledger, atMs: given.atMs, ...changes },
    ...{ ...decided, ...evidence.write, actions: [...(changes.actions ?? []), ...(decided.actions ?? [])] },
    events: [...changes.events, ...decided.events, ...evidence.events],
    head: { ...head, ...changes.head, ...evidence.head },
  };
  try {
    await ports.cases.commit(wanted);
    await stepBackAfter(ports, loaded.workflow, evidence.write.record?.record ?? null);
    return null;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    // Another answer about the same decision came in between; this one still counts.
    if (error.kind === 'record-changed' && tries > 1) return write(ports, loaded, outcome, edited, tries - 1);
    const current = await ports.requests.get(before.id);
    if (current === null) return { kind: 'unknown' };
    if (current.state === 'expired') return { kind: 'expired', request: current };
    return { kind: current.state === 'open' ? 'changed' : 'settled', request: current };
  }
}

/** A case waits while any of its questions does; one about what is done keeps nothing waiting. */
async function reopened(
  { requests }: AnswerRequestPorts,
  request: LoadedRequest['request'],
): Promise<NonNullable<CaseWrite['head']>> {
  if (request.kind === 'undo-action') return {};
  const others = await requests.ofCase(request.caseId);
  const isLast = others.every(({ id, state, kind }) => id === request.id || state !== 'open' || kind === 'undo-action');
  return isLast ? { state: 'open' } : {};
}
