import type { Given, Line } from './answers.ts';
import { BASE_FIELDS } from './answers.ts';
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

/** Asks the five questions one after the other; a line that cannot be used is asked again with what is wrong. */
export async function askAnswers(id: string, terminal: Terminal): Promise<Given> {
  terminal.say(`Five questions about ${id}. One answer a line; an empty line goes on.\n`);
  const title = await askOne(terminal, 'Its title, for people');
  const summary = await askOne(terminal, 'What it does, in one sentence');
  const team = await askOne(terminal, 'The team that owns it');
  const owner = await askOne(terminal, 'Who answers its questions (e-mail address)');
  const many = <T>(question: string, forms: readonly string[], parse: (text: string) => T) =>
    askMany(terminal, question, forms, parse);

  const triggers = await many(
    '1. What starts it?',
    [FORMS.trigger, FORMS.event, FORMS.schedule, FORMS.mail, FORMS.byHand],
    parseTrigger,
  );
  const known = BASE_FIELDS.map(({ name }) => name).join(', ');
  const fields = await many(`   What does it bring beside ${known}?`, [FORMS.field], parseField);
  const read = [FORMS.source, 'none: all of it stands in the trigger', `sources: ${Object.keys(SOURCES).join(', ')}`];
  const sources = await many('2. What is read to decide?', read, (text) =>
    text.startsWith('none:') ? null : parseSource(text),
  );
  const decisions = await many('3. What is decided?', [FORMS.decision, 'isUrgent yes-no: …'], parseDecision);
  const done = [FORMS.action, 'tiers: autonomous, notify, approve', `actions: ${Object.keys(ACTIONS).join(', ')}`];
  const judged = decisions.flatMap(({ value }) => (value === null ? [] : [value]));
  const actions = await many('4. What follows from it?', done, (text) => parseAction(text, judged));
  const facts = {
    decisions: judged,
    fields: [...BASE_FIELDS, ...fields.flatMap(({ value }) => (value === null ? [] : [value]))],
  };
  const rules = [FORMS.rule, 'big when amount over 500: …', 'high when urgency is high: …'];
  const escalation = await many('5. When does a person have to decide?', rules, (text) => parseRule(text, facts));

  const lines = (answers: readonly { line: Line }[]): Line[] => answers.map(({ line }) => line);
  return {
    ...{ id, title, summary, team, owner, fields: lines(fields), triggers: lines(triggers), sources: lines(sources) },
    ...{ decisions: lines(decisions), actions: lines(actions), escalation: lines(escalation) },
  };
}

async function askOne(terminal: Terminal, question: string): Promise<Line | null> {
  const text = (await terminal.ask(`${question}: `))?.trim() ?? '';
  return text === '' ? null : { text, place: question };
}

async function askMany<T>(
  terminal: Terminal,
  question: string,
  forms: readonly string[],
  parse: (text: string) => T,
): Promise<{ line: Line; value: T | null }[]> {
  terminal.say(`\n${question}\n${forms.map((form) => `     ${form}`).join('\n')}`);
  const answers: { line: Line; value: T | null }[] = [];
  for (;;) {
    const text = (await terminal.ask('   > '))?.trim() ?? '';
    if (text === '') return answers;
    try {
      answers.push({ line: { text, place: question.trim() }, value: parse(text) });
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      terminal.say(`     ${error.message}: ${error.fix}`);
    }
  }
}
