import type { Action, CaseEvent, Json, LedgerEntry } from '../../shared/contracts/index.ts';
import { type FactValue, factsOf } from '../../shared/pages/facts.ts';
import { type ReasonNames, reasonWords } from '../../shared/pages/reason-words.ts';
import type { PackedCase } from './pack.ts';

/** What the workflow is called to the people whom it is about, whom they write to, and what its parts are called. */
export interface ReceiptWorkflow {
  readonly title: string;
  readonly contact: string;
  /** By default everything is named after itself. */
  readonly names?: ReceiptNames;
}

export interface ReceiptNames extends ReasonNames {
  /** Titles by id of the action. */
  readonly actions: Readonly<Record<string, string>>;
}

const NO_NAMES: ReceiptNames = { labels: {}, sources: {}, actions: {} };

/**
 * What happened in a case, in plain words for the person whom it is about: what was decided about them, by whom or what, on
 * which grounds, who looked at it, what was done, and how to object. Made of the ledger alone.
 */
export function receiptOf(one: PackedCase, workflow: ReceiptWorkflow): string {
  const { caseId, ledger } = one;
  const lines = ledger.flatMap((entry) => sentencesOf(entry, workflow.names ?? NO_NAMES, currencyIn(ledger)));
  return `What was decided about you: ${workflow.title}

This tells what happened after you got in touch, in the order in which it happened. All times are UTC.

${lines.join('\n')}

You may ask a person to look at this again, and say what is wrong in it. You may ask what is kept about you, and have it
erased. Write to ${workflow.contact} and name case ${caseId}.
${rulesOf(ledger)}`;
}

function sentencesOf({ atMs, event }: LedgerEntry, names: ReceiptNames, currency: Json): string[] {
  const words = wordsOf(event, names, currency);
  return words === null ? [] : [`- ${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')}: ${words}`];
}

/** Null for what is of the inside alone, such as a reminder to a colleague. */
function wordsOf(event: CaseEvent, names: ReceiptNames, currency: Json): string | null {
  switch (event.type) {
    case 'case-opened':
      return `We received what you sent. ${inputWords(event.input, names)}`;
    case 'turn-finished':
      return `A computer program (${event.turn.model}) read it together with ${sourcesWords(
        event.turn.readings.map(({ source }) => source),
        names,
      )}, and was ${percent(event.turn.confidence)} sure of its answer.${because(event.turn.reasons.map((reason) => reasonWords(reason, names)))}`;
    case 'decision-made':
      return `${deciderWords(event.by)} Decided: ${factsWords(event.decision, names, currency)}.${because(event.verdict.reasons.map(({ text }) => reasonWords(text, names)))}${plannedWords(event.actions)}`;
    case 'request-opened':
      return 'One of our people was asked to look at it.';
    case 'request-answered':
      return `A person looked at it and ${ANSWERED[event.answer.verb]}.${because([event.answer.reason])}`;
    case 'request-expired':
      return 'Nobody answered in time, so nothing was done.';
    case 'action-done':
      return `Done: ${nameOf(event.actionId, names)}.`;
    case 'action-refused':
      return `Not done: ${nameOf(event.actionId, names)}.`;
    case 'action-unsure':
      return `It is not known whether this was done: ${nameOf(event.actionId, names)}. A person looks after it.`;
    case 'action-taken-back':
      return `Taken back: ${nameOf(event.actionId, names)}.`;
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

function inputWords(input: Json, names: ReceiptNames): string {
  if (typeof input !== 'object' || input === null) return `You wrote: ${JSON.stringify(input)}`;
  return `You gave: ${factsWords(input, names)}.`;
}

function factsWords(value: Json, { labels }: ReceiptNames, currency?: Json): string {
  if (value === null) return 'nothing';
  const facts = factsOf(value, labels, currency).map(({ label, value: one }) => `${within(label)}: ${valueWords(one)}`);
  return facts.length === 0 ? 'nothing' : facts.join('; ');
}

function valueWords(value: FactValue): string {
  switch (value.kind) {
    case 'nothing':
      return value.words;
    case 'list':
      return value.items.map(valueWords).join(', ');
    case 'facts':
      return `(${value.facts.map(({ label, value: one }) => `${within(label)}: ${valueWords(one)}`).join('; ')})`;
    default:
      return value.text === 'Yes' || value.text === 'No' ? value.text.toLowerCase() : value.text;
  }
}

/** A title within a sentence; abbreviations stay as they are. */
function within(title: string): string {
  return title.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

/** That of the amounts of the case beside which none stands. */
function currencyIn(ledger: readonly LedgerEntry[]): Json {
  const opened = ledger.map(({ event }) => event).find((event) => event.type === 'case-opened');
  const input = opened?.type === 'case-opened' ? opened.input : null;
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? (input['currency'] ?? null) : null;
}

function plannedWords(actions: readonly Action[]): string {
  return actions.length === 0 ? '' : ` To be done: ${actions.map(({ title }) => title).join(', ')}.`;
}

function sourcesWords(ids: readonly string[], { sources }: ReceiptNames): string {
  const names = [...new Set(ids)].map((id) => (Object.hasOwn(sources, id) && sources[id]) || plain(id)).map(within);
  return names.length === 0 ? 'nothing else' : `what these say of you: ${names.join(', ')}`;
}

function because(reasons: readonly string[]): string {
  const said = reasons
    .filter((reason) => reason !== '')
    .map((reason) => (/[.!?]$/.test(reason) ? reason : `${reason}.`));
  return said.length === 0 ? '' : ` Because: ${said.join(' ')}`;
}

/** The title of an action; without one `send-meeting-mail#1` is: send meeting mail. */
function nameOf(actionId: string, { actions }: ReceiptNames): string {
  const id = actionId.replace(/#\d+$/, '');
  return (Object.hasOwn(actions, id) && actions[id]) || plain(id);
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
