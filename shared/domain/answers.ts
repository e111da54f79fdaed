import type { Answer, JsonObject, PersonRequest, Proof, Verb } from '../contracts/index.ts';

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
}

export type AnswerOutcome =
  | { readonly kind: 'answered'; readonly request: PersonRequest & { readonly answer: Answer } }
  | { readonly kind: 'settled'; readonly request: PersonRequest }
  | { readonly kind: 'expired'; readonly request: PersonRequest }
  | { readonly kind: 'changed'; readonly request: PersonRequest }
  | { readonly kind: 'not-allowed'; readonly problem: string }
  | { readonly kind: 'incomplete'; readonly problem: string };

/**
 * One answer to one request. Only an open, unexpired request with the digest that the person saw takes an answer, only
 * from somebody who was asked, and only with a verb that it permits. Everything else leaves it as it is.
 */
export function answer(request: PersonRequest, command: AnswerCommand, nowMs: number): AnswerOutcome {
  if (request.state === 'answered' || request.state === 'cancelled') return { kind: 'settled', request };
  if (request.state === 'expired' || nowMs >= request.deadlineMs) return { kind: 'expired', request };
  if (command.digest !== request.digest) return { kind: 'changed', request };
  if (!isAsked(request, command.by)) return { kind: 'not-allowed', problem: 'This request was not put to you.' };
  const problem = incomplete(request, command);
  if (problem !== null) return { kind: 'incomplete', problem };
  const { verb, by, proof, channel, reason, seen } = command;
  const edits = verb === 'edit' ? command.edits : null;
  const given: Answer = { verb, by, proof, channel, reason, seen, edits, atMs: nowMs };
  return { kind: 'answered', request: { ...request, state: 'answered', answer: given } };
}

/** Those asked at first, and those asked in addition at the reminder. */
export function isAsked(request: PersonRequest, person: string): boolean {
  const asked = request.reminded ? [...request.people, ...request.nextPeople] : request.people;
  return asked.some((address) => address.toLowerCase() === person.toLowerCase());
}

function incomplete(request: PersonRequest, command: AnswerCommand): string | null {
  if (!request.verbs.includes(command.verb)) return `This request cannot be answered with "${command.verb}".`;
  if (command.verb === 'edit' && command.edits === null) return 'An edit needs the changed values.';
  if ((command.verb === 'reject' || command.verb === 'respond') && command.reason.trim() === '') {
    return command.verb === 'reject' ? 'Please give a reason for the no.' : 'Please write what should happen instead.';
  }
  return null;
}
