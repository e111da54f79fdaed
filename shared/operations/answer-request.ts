import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { type Action, JsonObject, Proof, RequestId, Verb } from '../contracts/index.ts';
import { type AnswerOutcome, answer } from '../domain/answers.ts';
import { askedOf } from '../domain/people.ts';
import { absencesFor, isEntitled } from '../domain/team-members.ts';
import {
  type CaseStore,
  type CaseWrite,
  type Clock,
  ConflictError,
  type PeopleStore,
  type RequestStore,
  type SettingsStore,
} from '../ports/index.ts';
import { decidingWrite, votingWrite } from './answers/answer-write.ts';
import { askedAgain, editedAction, parseEdits } from './answers/edited-action.ts';
import { noteRefusal } from './answers/note-refusal.ts';
import { type WakePorts, wake } from './answers/wake.ts';
import { currentSettings } from './current-settings.ts';
import { type LoadedRequest, loadRequest } from './load-request.ts';
import { operation } from './operation.ts';

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
  const { request, workflow } = loaded;
  const nowMs = ports.clock.nowMs();
  const [absences, settings] = await Promise.all([
    ports.people.absences(askedOf(request), nowMs),
    currentSettings(ports.settings, workflow),
  ]);
  const time = { nowMs, absences: absencesFor(workflow, absences), isPaused: settings.paused };
  const outcome = answer(request, command, time);
  if (outcome.kind !== 'answered' && outcome.kind !== 'counted') return outcome;
  // Who was asked and has left the team since: rights are those of the moment of the answer.
  if (!isEntitled(workflow, loaded.case.input, command.by)) return { kind: 'not-allowed', problem: NOT_OF_THE_TEAM };
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

async function take(ports: AnswerRequestPorts, loaded: LoadedRequest, taken: Taken): Promise<AnswerReceipt> {
  const given = taken.kind === 'answered' ? taken.request.answer : taken.vote;
  let edited: Action | null = null;
  if (given.edits !== null && loaded.action !== null) {
    const closed = await ports.cases.closedIntents(loaded.case.id);
    const changed = editedAction(loaded, loaded.action, { edits: given.edits, closed });
    if ('problem' in changed) return { kind: 'incomplete', problem: changed.problem };
    edited = changed.action;
  }
  const again = edited === null ? null : askedAgain(loaded, taken, edited);
  const outcome: Taken = again === null ? taken : { kind: 'counted', request: again, vote: given };
  const lost = await write(ports, loaded, outcome, edited);
  if (lost !== null) return lost;
  if (outcome.kind === 'answered') ports.telemetry.count('RequestsAnswered', 1, outcome.request.workflow);
  // A changed question is put to the others by the execution that waits.
  if (outcome.kind === 'answered' || again !== null) await wake(ports, outcome.request);
  return outcome;
}

/** @returns what came first, when another answer did. */
async function write(
  ports: AnswerRequestPorts,
  loaded: LoadedRequest,
  outcome: Taken,
  edited: Action | null,
): Promise<AnswerReceipt | null> {
  const { case: case_, request: before } = loaded;
  const changes =
    outcome.kind === 'answered'
      ? decidingWrite(loaded, outcome.request, edited)
      : votingWrite(loaded, outcome.request, { vote: outcome.vote, edited });
  const head = outcome.kind === 'answered' ? await reopened(ports, before) : {};
  const atMs = outcome.kind === 'answered' ? outcome.request.answer.atMs : outcome.vote.atMs;
  const wanted: CaseWrite = {
    ...{ caseId: case_.id, workflow: case_.workflow, cursor: case_.ledger, atMs, ...changes },
    head: { ...head, ...changes.head },
  };
  try {
    await ports.cases.commit(wanted);
    return null;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
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
