import type { Answer, CaseEvent, PromotionEvidence, TurnResult } from '../../contracts/index.ts';
import { percent } from '../confidence-words.ts';
import { usd } from '../figure-words.ts';
import { type CheckEvent, checkWords, isOfCheck } from './check-words.ts';
import { type EvaluationEvent, evaluationWords, isOfEvaluation } from './evaluation-words.ts';
import { inSentences } from './in-sentences.ts';
import { isOfTeam, type TeamEvent, teamWords } from './team-words.ts';

/** An event of the ledger in a line for people. `called`: what an action is called, by its id; the id itself by default. */
export function eventWords(event: CaseEvent, called: Called = (id) => id): string {
  if (event.type === 'subject-erased') return erasedWords(event);
  if (isOfCheck(event)) return checkWords(event);
  if (isOfTeam(event)) return teamWords(event);
  return isOfEvaluation(event) ? evaluationWords(event) : otherWords(event, called);
}

type Called = (actionId: string) => string;

type ErasedEvent = Extract<CaseEvent, { type: 'subject-erased' }>;

type OtherEvent = Exclude<CaseEvent, TeamEvent | CheckEvent | ErasedEvent | EvaluationEvent>;

function otherWords(event: OtherEvent, called: Called): string {
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
      return `${event.by} changed ${called(event.actionId)}: ${changedFields(event.before, event.after).join(', ')}`;
    case 'action-intended':
      return `${called(event.actionId)} is about to be performed`;
    case 'action-done':
      return `${called(event.actionId)} done in ${Math.round(event.tookMs)} ms`;
    case 'action-refused':
      return `${called(event.actionId)} not performed: ${event.reason}`;
    case 'action-unsure':
      return `${called(event.actionId)} may or may not have been performed: ${event.problem}`;
    case 'vote-given':
      return `${answerWords(event.vote)}: ${event.votes} of ${event.quorum} needed`;
    case 'request-cancelled':
      return `the question was withdrawn by ${event.by}: ${event.reason}`;
    case 'request-changed':
      return `${event.by} changed what is asked: ${changedFields(event.before, event.after).join(', ')}`;
    case 'answer-refused':
      return `an answer (${event.verb}) by ${event.by} was not taken: ${event.problem}`;
    case 'facts-changed':
      return `${called(event.actionId)} waits: ${event.changes.map(({ source, path }) => `${source} ${path}`).join(', ')} changed since`;
    case 'intent-closed':
      return `closed for this case by ${event.by}: ${event.intent.effect} ${event.intent.target}`;
    case 'intent-reopened':
      return `opened again by ${event.by}: ${event.intent.effect} ${event.intent.target}`;
    case 'cap-reached':
      return `${called(event.actionId)} waits: ${event.words}`;
    case 'shape-remembered':
      return `${event.by} had the yes remembered (proved by ${event.proof}): ${event.shown.sentence}`;
    case 'shape-revoked':
      return `${event.by} took back the remembered yes ${event.shapeId}: ${event.reason}`;
    case 'action-released':
      return `${called(event.actionId)} goes ahead without asking, by the remembered yes ${event.shapeId}`;
    case 'case-handed-back':
      return `${event.by} told the agents: ${event.text}`;
    case 'case-reopened':
      return `opened again by ${event.by}: ${event.because}`;
    case 'step-failed':
      return `step ${event.step} failed: ${event.problem}`;
    case 'case-closed':
      return `case closed: ${event.outcome}, models cost ${usd(event.costUsd)}`;
    case 'settings-changed':
      return `${event.by} changed ${event.changes.map(({ setting }) => setting).join(', ')}: ${event.reason}`;
    case 'phase-changed':
      return `${event.segment} goes from ${event.from} to ${event.to} (${event.because}, by ${event.by}): ${event.reason}`;
    case 'promotion-proposed':
      return promotionWords(event.evidence);
    case 'person-told':
      return `told ${event.to}: ${event.about}`;
    case 'seed-revealed':
      return `this was a question with a known answer; ${event.by} answered it ${event.isRight ? 'rightly' : 'wrongly'}`;
    case 'action-undone':
      return `${event.by} ${event.how === 'stopped' ? 'stopped' : 'wants back'} ${called(event.actionId)}${event.reason === '' ? '' : `: ${event.reason}`}`;
    case 'take-back-asked':
      return `${event.actionIds.map(called).join(', ')} to be taken back for ${event.by} (proved by ${event.proof})`;
    case 'action-taken-back':
      return `${called(event.actionId)} was taken back by ${event.compensation}`;
    case 'decision-overturned':
      return `${event.by} overturned the decision (proved by ${event.proof}): ${event.reason}${event.carryOut ? ' The right one is carried out.' : ''}`;
    default:
      return unknownEvent(event);
  }
}

function erasedWords({ by, because, reason, counts }: ErasedEvent): string {
  const what = Object.entries(counts).map(([place, count]) => `${place} ${count}`);
  const why = because === 'retention' ? 'its time was over' : `${by} had it erased: ${reason}`;
  return `what is personal was taken out (${what.join(', ')}); ${why}`;
}

function promotionWords({ segment, from, to, agreement }: PromotionEvidence): string {
  const { agreed, of, lowerPercent, upperPercent } = agreement;
  return `the numbers propose ${to} after ${from} for ${segment}: ${agreed} of ${of} agree, ${lowerPercent} to ${upperPercent} %`;
}

function turnWords(turn: TurnResult): string {
  const doubts = turn.doubts.length === 0 ? '' : `; ${turn.doubts.join('; ')}`;
  const took = `${Math.round(turn.tookMs)} ms`;
  return `agent ${turn.agent} ${turn.status} by ${turn.model} in ${took}, confidence ${percent(turn.confidence)}${doubts}`;
}

function answerWords({ verb, by, onBehalfOf, proof, reason }: Answer): string {
  const past = {
    approve: 'approved',
    edit: 'edited',
    reject: 'rejected',
    respond: 'responded',
    'take-over': 'took over',
  }[verb];
  return `${by}${onBehalfOf === null ? '' : ` for ${onBehalfOf}`} ${past} (proved by ${proof})${reason === '' ? '' : `: ${reason}`}`;
}

function because(reasons: readonly string[]): string {
  return reasons.length === 0 ? '' : `: ${inSentences(reasons)}`;
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
