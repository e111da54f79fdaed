import type { Given, Line } from './answers.ts';

/** What was answered at a terminal, as a file for `--answers`; null where nothing was. */
export function keptAnswers(given: Given): string | null {
  const { title, summary, team, owner } = given;
  const { fields, triggers, sources, decisions, actions, escalation } = given;
  const one = Object.entries({ title, summary, team, owner }).flatMap(([name, line]) =>
    line === null ? [] : [[name, line.text] as const],
  );
  const many = { fields, triggers, sources, decisions, actions, escalation };
  const texts = (lines: readonly Line[]): string[] => lines.map(({ text }) => text);
  if (one.length === 0 && Object.values(many).every((lines) => lines.length === 0)) return null;
  const kept = {
    ...Object.fromEntries(one),
    ...Object.fromEntries(Object.entries(many).map(([name, lines]) => [name, texts(lines)])),
  };
  return `${JSON.stringify(kept, null, 2)}\n`;
}
