import type { Absence, Answer, JsonObject, PersonRequest, Proof, Verb } from '../contracts/index.ts';
import { isSamePerson, standingOf } from './people.ts';

/** What a person sends in answer to a request. */
export interface AnswerCommand {
  readonly verb: Verb;
  readonly by: string;
  readonly proof: Proof;
  readonly channel: Answer['channel'];
  /** The digest that the person saw. */
  readonly digest: string;
  readonly reason: string;
  readonly edits: JsonObject | null;
  readonly seen: string;
  readonly onPageMs: number | null;
}

/** What holds as the answer comes. */
export interface AnswerTime {
  readonly nowMs: number;
  readonly absences: readonly Absence[];
  /** The workflow is switched off. */
  readonly isPaused: boolean;
  /** It was stepped back to shadow since it asked. */
  readonly isShadow?: boolean;
}

type Answered = PersonRequest & { readonly answer: Answer };

/**
 * | kind | what became of the request |
 * |---|---|
 * | `answered` | decided by this answer |
 * | `counted` | this is one yes of several; it waits for the others |
 * | `changed` | as it was: the person saw another form of it |
 * | `settled`, `expired` | as it was: it is over |
 * | `voted` | as it was: this person has said yes already |
 * | `not-allowed`, `proof-needed`, `incomplete` | as it was |
 */
export type AnswerOutcome =
  | { readonly kind: 'answered'; readonly request: Answered }
  | { readonly kind: 'counted'; readonly request: PersonRequest; readonly vote: Answer }
  | { readonly kind: 'settled' | 'expired' | 'changed' | 'voted'; readonly request: PersonRequest }
  | { readonly kind: 'not-allowed' | 'incomplete'; readonly problem: string }
  | { readonly kind: 'proof-needed'; readonly proof: Proof; readonly problem: string };

/**
 * One answer to one request. Only an open, unexpired request with the digest that the person saw takes an answer, only
 * from somebody who was asked or stands in for them, only with a verb that it permits and enough proof, and never a yes
 * from who wants it. Everything else leaves it as it is. A yes counts once for a person, whoever they answer for.
 */
export function answer(request: PersonRequest, command: AnswerCommand, time: AnswerTime): AnswerOutcome {
  const { nowMs, absences } = time;
  if (request.state === 'answered' || request.state === 'cancelled') return { kind: 'settled', request };
  if (request.state === 'expired' || nowMs >= request.deadlineMs) return { kind: 'expired', request };
  const standing = standingOf(command.by, request, absences, nowMs);
  if (standing === null) return { kind: 'not-allowed', problem: 'This request was not put to you.' };
  if (isYes(command.verb) && isExcluded(request, command.by, standing.onBehalfOf)) {
    return { kind: 'not-allowed', problem: 'You asked for this yourself, so somebody else has to say yes to it.' };
  }
  if (command.digest !== request.digest) return { kind: 'changed', request };
  if (!isEnoughProof(command.proof, request.proof)) {
    return { kind: 'proof-needed', proof: request.proof, problem: PROOF_WORDS[request.proof] };
  }
  const problem = incomplete(request, command, time);
  if (problem !== null) return { kind: 'incomplete', problem };
  const given = answerOf(command, standing.onBehalfOf, nowMs);
  return isYes(command.verb) && request.quorum > 1 ? counted(request, given) : decided(request, given);
}

function decided(request: PersonRequest, given: Answer): AnswerOutcome {
  return {
    kind: 'answered',
    request: { ...request, state: 'answered', answer: given, revision: request.revision + 1 },
  };
}

/** One no ends a question; a yes waits for the others, and one with other values starts the count anew. */
function counted(request: PersonRequest, given: Answer): AnswerOutcome {
  const earlier = given.verb === 'edit' ? [] : request.votes;
  if (earlier.some((vote) => isSameVoice(vote, given))) return { kind: 'voted', request };
  const votes = [...earlier, given];
  const voted = { ...request, votes, revision: request.revision + 1 };
  if (votes.length < request.quorum) return { kind: 'counted', request: voted, vote: given };
  return { kind: 'answered', request: { ...voted, state: 'answered', answer: given } };
}

/** The same person twice, or two who answer for the same person, are one voice. */
function isSameVoice(a: Answer, b: Answer): boolean {
  return isSamePerson(a.by, b.by) || isSamePerson(a.onBehalfOf ?? a.by, b.onBehalfOf ?? b.by);
}

function isExcluded({ excluded }: PersonRequest, by: string, onBehalfOf: string | null): boolean {
  return excluded.some(
    (person) => isSamePerson(person, by) || (onBehalfOf !== null && isSamePerson(person, onBehalfOf)),
  );
}

export function isYes(verb: Verb): boolean {
  return verb === 'approve' || verb === 'edit';
}

/** Whether one proof is as good as the one that is needed. */
export function isEnoughProof(given: Proof, needed: Proof): boolean {
  return PROOF_RANK[given] >= PROOF_RANK[needed];
}

const PROOF_RANK: Readonly<Record<Proof, number>> = { 'mail-code': 0, 'sign-in': 1, 'fresh-sign-in': 2 };

const PROOF_WORDS: Readonly<Record<Proof, string>> = {
  'mail-code': 'Type the code from the mail.',
  'sign-in': 'This has to be answered by somebody who is signed in.',
  'fresh-sign-in':
    'This has to be answered by somebody who has signed in within the last minutes. Please sign in again.',
};

function answerOf(command: AnswerCommand, onBehalfOf: string | null, atMs: number): Answer {
  const { verb, by, proof, channel, reason, seen, onPageMs } = command;
  return {
    verb,
    by,
    proof,
    channel,
    reason,
    seen,
    onPageMs,
    onBehalfOf,
    atMs,
    edits: verb === 'edit' ? command.edits : null,
  };
}

function incomplete(
  request: PersonRequest,
  command: AnswerCommand,
  { isPaused, isShadow = false }: AnswerTime,
): string | null {
  const { verb, reason } = command;
  if (!request.verbs.includes(verb)) return `This request cannot be answered with "${verb}".`;
  if (verb === 'edit' && command.edits === null) return 'An edit needs the changed values.';
  if (isPaused && isYes(verb) && ACTS.has(request.kind)) {
    return 'The workflow is switched off, so nothing is carried out. Do it by hand, or answer once it is on again.';
  }
  if (isShadow && isYes(verb) && ACTS.has(request.kind)) {
    return 'The workflow has been stepped back to shadow, so nothing is carried out. Do it by hand, or say no.';
  }
  if (reason.trim() !== '' || !(NEEDS_REASON.has(verb) || request.reasonFor.includes(verb))) return null;
  // Stopping what is about to go out must not wait for words.
  if (verb === 'reject' && UNDOES.has(request.kind)) return null;
  return REASON_WORDS[verb];
}

const ACTS: ReadonlySet<PersonRequest['kind']> = new Set(['approve-action', 'hold-action']);
const UNDOES: ReadonlySet<PersonRequest['kind']> = new Set(['hold-action', 'undo-action']);
const NEEDS_REASON: ReadonlySet<Verb> = new Set(['reject', 'respond', 'take-over']);

const REASON_WORDS: Readonly<Record<Verb, string>> = {
  approve: 'Please give a reason for the yes: this action asks for one.',
  edit: 'Please give a reason for the yes: this action asks for one.',
  reject: 'Please give a reason for the no.',
  respond: 'Please write what the agents should know.',
  'take-over': 'Please write what you do about it.',
};
