import type { Action, CaseEvent, LedgerEntry } from '../../shared/contracts/index.ts';
import type { PackedCase } from './pack.ts';

/**
 * What happened in a case, in plain words for the person whom it is about: what was decided about them, by whom or what, on
 * which grounds, who looked at it, what was done, and how to object. Made of the ledger alone.
 * @param workflow what the workflow is called, and whom to write to about it.
 */
export function receiptOf(one: PackedCase, workflow: { readonly title: string; readonly contact: string }): string {
  const { caseId, ledger } = one;
  const lines = ledger.flatMap(sentencesOf);
  return `What was decided about you: ${workflow.title}

This tells what happened after you got in touch, in the order in which it happened. All times are UTC.

${lines.join('\n')}

You may ask a person to look at this again, and say what is wrong in it. You may ask what is kept about you, and have it
erased. Write to ${workflow.contact} and name case ${caseId}.
${rulesOf(ledger)}`;
}

function sentencesOf({ atMs, event }: LedgerEntry): string[] {
  const words = wordsOf(event);
  return words === null ? [] : [`- ${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')}: ${words}`];
}

/** Null for what is of the inside alone, such as a reminder to a colleague. */
function wordsOf(event: CaseEvent): string | null {
  switch (event.type) {
    case 'case-opened':
      return `We received what you sent. ${inputWords(event.input)}`;
    case 'turn-finished':
      return `A computer program (${event.turn.model}) read it together with ${sourcesWords(event.turn.readings.map(({ source }) => source))}, and was ${percent(event.turn.confidence)} sure of its answer.${because(event.turn.reasons)}`;
    case 'decision-made':
      return `${deciderWords(event.by)} Decided: ${factsWords(event.decision)}.${because(event.verdict.reasons.map(({ text }) => text))}${plannedWords(event.actions)}`;
    case 'request-opened':
      return 'One of our people was asked to look at it.';
    case 'request-answered':
      return `A person looked at it and ${ANSWERED[event.answer.verb]}.${because([event.answer.reason])}`;
    case 'request-expired':
      return 'Nobody answered in time, so nothing was done.';
    case 'action-done':
      return `Done: ${nameOf(event.actionId)}.`;
    case 'action-refused':
      return `Not done: ${nameOf(event.actionId)}.`;
    case 'action-unsure':
      return `It is not known whether this was done: ${nameOf(event.actionId)}. A person looks after it.`;
    case 'action-taken-back':
      return `Taken back: ${nameOf(event.actionId)}.`;
    case 'decision-overturned':
      return `A person found the decision to be wrong and changed it.${because([event.reason])}`;
    case 'case-closed':
      return event.personAsked
        ? 'It was finished. A person had taken part in the decision.'
        : 'It was finished. No person had taken part in the decision.';
    case 'subject-erased':
      return 'What is personal was taken out of our records. That is why much of this cannot be told any more.';
    default:
      return null;
  }
}

const ANSWERED = {
  approve: 'agreed',
  edit: 'changed it',
  reject: 'said no',
  respond: 'told the program more, which then tried again',
  'take-over': 'took it over by hand',
} as const;

function deciderWords(by: string): string {
  return by.includes('@') ? 'A person decided.' : 'A computer program decided.';
}

function inputWords(input: unknown): string {
  if (typeof input !== 'object' || input === null) return `You wrote: ${JSON.stringify(input)}`;
  return `You gave: ${factsWords(input)}.`;
}

function factsWords(value: object | null): string {
  if (value === null) return 'nothing';
  const facts = Object.entries(value).map(
    ([name, one]) => `${plain(name)}: ${typeof one === 'object' ? JSON.stringify(one) : String(one)}`,
  );
  return facts.length === 0 ? 'nothing' : facts.join('; ');
}

function plannedWords(actions: readonly Action[]): string {
  return actions.length === 0 ? '' : ` To be done: ${actions.map(({ title }) => title).join(', ')}.`;
}

function sourcesWords(sources: readonly string[]): string {
  const names = [...new Set(sources)].map(plain);
  return names.length === 0 ? 'nothing else' : `what these say of you: ${names.join(', ')}`;
}

function because(reasons: readonly string[]): string {
  const said = reasons.filter((reason) => reason !== '');
  return said.length === 0 ? '' : ` Because: ${said.join(' ')}`;
}

/** `send-meeting-mail#1`: send meeting mail. */
function nameOf(actionId: string): string {
  return plain(actionId.replace(/#\d+$/, ''));
}

/** `company-size` and `companySize`: company size. */
function plain(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

function rulesOf(ledger: readonly LedgerEntry[]): string {
  const opened = ledger.map(({ event }) => event).find((event) => event.type === 'case-opened');
  const rules = opened?.type === 'case-opened' ? opened.versions.workflow.slice(0, 12) : 'unknown';
  return `\nThe rules that were used: version ${rules}. This text was made from a record of ${ledger.length} entries.\n`;
}
