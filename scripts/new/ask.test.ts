import { describe, expect, it } from 'vitest';
import { askAnswers } from './ask.ts';
import { checkAnswers } from './check-answers.ts';

/** Types the lines one after the other, then ends the input. */
function typing(...lines: readonly string[]) {
  const said: string[] = [];
  const left = [...lines];
  const asked: string[] = [];
  return {
    said,
    asked,
    terminal: {
      ask: async (question: string) => {
        asked.push(question);
        return left.shift() ?? null;
      },
      say: (text: string) => said.push(text),
    },
  };
}

const ANSWERS = [
  ...['Returns', 'Sorts returns.', 'Returns team', 'lead@remit.example'],
  ...['webhook form: A customer sends the form', ''],
  ...['amount number: Amount', ''],
  ...['crm by crm-history: The customer', ''],
  ...['isUrgent yes-no: Is it needed soon again?', ''],
  ...['tell autonomous by post-to-channel when isUrgent is yes: Tell', ''],
  ...['big when amount over 500: It is big', ''],
];

describe('the questions', () => {
  it('are asked one after the other, and their answers are enough', async () => {
    const { terminal, said } = typing(...ANSWERS);
    const given = await askAnswers('returns', terminal);
    expect(checkAnswers(given)).toMatchObject({ ok: true, answers: { title: 'Returns', actions: [{ id: 'tell' }] } });
    expect(said.filter((text) => /^\n\d\./.test(text))).toHaveLength(5);
  });

  it('are asked again with the fix where an answer cannot be used', async () => {
    const at = ANSWERS.indexOf('tell autonomous by post-to-channel when isUrgent is yes: Tell');
    const { terminal, said } = typing(...ANSWERS.slice(0, at), 'tell by post-to-channel: Tell', ...ANSWERS.slice(at));
    const given = await askAnswers('returns', terminal);
    expect(said.join('\n')).toContain('action "tell" has no tier: write autonomous, notify or approve');
    expect(given.actions).toHaveLength(1);
  });

  it('end with the input, and what is missing then is told', async () => {
    const given = await askAnswers('returns', typing('Returns').terminal);
    const checked = checkAnswers(given);
    expect(checked.ok ? [] : checked.problems.length).toBe(6);
  });
});
