import type { Answer, CaseEvent, TurnResult } from '../../shared/contracts/index.ts';
import { percent, usd } from './words.ts';

/** An event of the ledger in a line for people. */
export function eventWords(event: CaseEvent): string {
  switch (event.type) {
    case 'case-opened':
      return `case opened by ${event.trigger} in phase ${event.settings.phase}${because(event.problems)}`;
    case 'turn-finished':
      return turnWords(event.turn);
    case 'decision-made':
      return `decision by ${event.by}, confidence ${percent(event.confidence)}: ${event.verdict.kind}${because(event.verdict.reasons.map((reason) => reason.text))}`;
    case 'request-opened':
      return `asked ${event.people.join(', ')}: ${event.question}`;
    case 'request-reminded':
      return `reminded ${event.people.join(', ')}`;
    case 'request-answered':
      return answerWords(event.answer);
    case 'request-expired':
      return 'nobody answered in time: the answer is no';
    case 'action-edited':
      return `${event.by} changed ${event.actionId}: ${changedFields(event.before, event.after).join(', ')}`;
    case 'action-intended':
      return `${event.actionId} is about to be performed`;
    case 'action-done':
      return `${event.actionId} done in ${Math.round(event.tookMs)} ms`;
    case 'action-refused':
      return `${event.actionId} not performed: ${event.reason}`;
    case 'action-unsure':
      return `${event.actionId} may or may not have been performed: ${event.problem}`;
    case 'step-failed':
      return `step ${event.step} failed: ${event.problem}`;
    case 'case-closed':
      return `case closed: ${event.outcome}, models cost ${usd(event.costUsd)}`;
    default:
      return unknownEvent(event);
  }
}

function turnWords(turn: TurnResult): string {
  const doubts = turn.doubts.length === 0 ? '' : `; ${turn.doubts.join('; ')}`;
  const took = `${Math.round(turn.tookMs)} ms`;
  return `agent ${turn.agent} ${turn.status} by ${turn.model} in ${took}, confidence ${percent(turn.confidence)}${doubts}`;
}

function answerWords({ verb, by, proof, reason }: Answer): string {
  const past = { approve: 'approved', edit: 'edited', reject: 'rejected', respond: 'responded' }[verb];
  return `${by} ${past} (proved by ${proof})${reason === '' ? '' : `: ${reason}`}`;
}

function because(reasons: readonly string[]): string {
  return reasons.length === 0 ? '' : `: ${reasons.join(' ')}`;
}

function changedFields(before: object, after: object): string[] {
  const old = new Map(Object.entries(before));
  return Object.entries(after)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(old.get(key)))
    .map(([key]) => key);
}

function unknownEvent(event: never): string {
  return `an event that this version does not know: ${JSON.stringify(event)}`;
}
