import type { Given, Line } from './answers.ts';
import { BASE_FIELDS } from './answers.ts';
import { ownerProblem, titleOf } from './check-answers.ts';
import { ACTIONS, SOURCES } from './connectors.ts';
import {
  FORMS,
  LineError,
  parseAction,
  parseDecision,
  parseField,
  parseRule,
  parseSource,
  parseTrigger,
} from './parse-line.ts';

/** The terminal: asks a question and gives the line that was typed; null at the end of the input. */
export interface Terminal {
  ask(question: string): Promise<string | null>;
  say(text: string): void;
}

/**
 * Asks the five questions one after the other; a line that cannot be used is asked again with what is wrong. At the end
 * of the input (Ctrl-C, Ctrl-D) it asks no more and gives what was answered so far.
 */
export async function askAnswers(id: string, terminal: Terminal): Promise<Given> {
  const talk = talkOn(terminal);
  talk.say(`Five questions about ${id}. One answer a line; an empty line goes on.\n`);
  const title = await askOne(talk, `Its title, for people (empty: ${titleOf(id)})`);
  const summary = await askOne(talk, 'What it does, in one sentence');
  const team = await askOne(talk, 'The team that owns it');
  const owner = await askOne(talk, 'Who answers its questions (e-mail address)', ownerProblem);

  const triggers = await askMany(talk, '1. What starts it?', {
    forms: [FORMS.trigger, FORMS.event, FORMS.schedule, FORMS.mail, FORMS.byHand],
    parse: parseTrigger,
    isNeeded: true,
  });
  const known = BASE_FIELDS.map(({ name }) => name).join(', ');
  const fields = await askMany(talk, `   What does it bring beside ${known}?`, {
    forms: [FORMS.field, 'types: text, number, yes-no'],
    parse: parseField,
    isNeeded: false,
    taken: BASE_FIELDS.map(({ name }) => name),
  });
  const sources = await askMany(talk, '2. What is read to decide?', {
    forms: [FORMS.source, NO_SOURCE, ...described('sources', SOURCES), OTHERS],
    parse: (text) => (text.startsWith('none:') ? null : parseSource(text)),
    isNeeded: true,
  });
  const decisions = await askMany(talk, '3. What is decided?', {
    forms: [FORMS.decision, 'isUrgent yes-no: …'],
    parse: parseDecision,
    isNeeded: true,
  });
  const judged = valuesOf(decisions);
  const actions = await askMany(talk, '4. What follows from it?', {
    forms: [FORMS.action, TIERS, ...described('actions', ACTIONS), OTHERS],
    parse: (text) => parseAction(text, judged),
    isNeeded: true,
  });
  const facts = { decisions: judged, fields: [...BASE_FIELDS, ...valuesOf(fields)] };
  const escalation = await askMany(talk, '5. When does a person have to decide?', {
    forms: [FORMS.rule, 'big when amount over 500: …', 'high when urgency is high: …'],
    parse: (text) => parseRule(text, facts),
    isNeeded: true,
  });

  const lines = (answers: readonly { line: Line }[]): Line[] => answers.map(({ line }) => line);
  return {
    ...{ id, title, summary, team, owner, fields: lines(fields), triggers: lines(triggers), sources: lines(sources) },
    ...{ decisions: lines(decisions), actions: lines(actions), escalation: lines(escalation) },
  };
}

const NO_SOURCE = 'none: all of it stands in the trigger';
const TIERS = 'tiers: autonomous (done), notify (done, people can stop it), approve (asked before)';
const OTHERS = 'others, such as any service by HTTP or MCP, are declared in workflow.ts later: docs/connectors.md';

/** Each connector with what it does. */
function described(what: string, table: Readonly<Record<string, { readonly tells: string }>>): string[] {
  const names = Object.entries(table).map(([name, { tells }]) => `  ${name.padEnd(21)}${tells}`);
  return [`${what}:`, ...names];
}

/** A terminal that says nothing more once its input has ended. */
interface Talk extends Terminal {
  readonly isOver: () => boolean;
}

function talkOn(terminal: Terminal): Talk {
  let isOver = false;
  return {
    isOver: () => isOver,
    say: (text) => (isOver ? undefined : terminal.say(text)),
    async ask(question) {
      if (isOver) return null;
      const text = await terminal.ask(question);
      isOver = text === null;
      return text;
    },
  };
}

/** @param problemOf what is wrong with an answer, an empty one too; asked again until nothing is. */
async function askOne(talk: Talk, question: string, problemOf = (_text: string): string | null => null) {
  for (;;) {
    const text = (await talk.ask(`${question}: `))?.trim() ?? '';
    const problem = problemOf(text);
    if (problem === null || talk.isOver()) return text === '' ? null : { text, place: question };
    talk.say(`     ${problem}`);
  }
}

interface Many<T> {
  /** How a line may look, shown before the first. */
  readonly forms: readonly string[];
  readonly parse: (text: string) => T;
  /** An empty line goes on only behind an answer. */
  readonly isNeeded: boolean;
  /** Names that no answer may have. */
  readonly taken?: readonly string[];
}

interface Answered<T> {
  readonly line: Line;
  readonly value: T;
}

async function askMany<T extends Named>(talk: Talk, question: string, many: Many<T>): Promise<Answered<T>[]> {
  talk.say(`\n${question}\n${many.forms.map((form) => `     ${form}`).join('\n')}`);
  const answers: Answered<T>[] = [];
  const isTaken = (name: string): boolean =>
    (many.taken ?? []).includes(name) || answers.some(({ value }) => nameOf(value) === name);
  for (;;) {
    const text = (await talk.ask('   > '))?.trim() ?? '';
    if (text === '') {
      if (talk.isOver() || !many.isNeeded || answers.length > 0) return answers;
      talk.say('     it takes one answer at least: write it as in a line above');
      continue;
    }
    try {
      const value = many.parse(text);
      const name = nameOf(value);
      if (name !== null && isTaken(name)) throw new LineError(`"${name}" is there already`, 'take another name');
      answers.push({ line: { text, place: question.trim() }, value });
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      talk.say(`     ${error.message}: ${error.fix}`);
    }
  }
}

type Named = { readonly id: string } | { readonly name: string } | null;

function nameOf(value: Named): string | null {
  if (value === null) return null;
  return 'id' in value ? value.id : value.name;
}

function valuesOf<T>(answers: readonly Answered<T>[]): NonNullable<T>[] {
  return answers.flatMap(({ value }) => (value === null || value === undefined ? [] : [value]));
}
