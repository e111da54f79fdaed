import { describe, expect, it } from 'vitest';
import { askAnswers } from './ask.ts';
import { checkAnswers } from './check-answers.ts';
import { keptAnswers } from './keep-answers.ts';
import { readGiven } from './read-given.ts';

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

  it('are asked again where an answer is needed and nothing, or nobody, was named', async () => {
    const [title = '', summary = '', team = '', owner = '', ...rest] = ANSWERS;
    const { terminal, said } = typing(title, summary, team, '', 'the lead', owner, '', ...rest);
    const given = await askAnswers('returns', terminal);
    expect(said.filter((text) => text.includes('write an e-mail address'))).toHaveLength(2);
    expect(said.filter((text) => text.includes('it takes one answer at least'))).toHaveLength(1);
    expect(checkAnswers(given).ok).toBe(true);
  });

  it.each([
    [
      'webhook form: A customer sends the form',
      'webhook form: Somebody else sends the form',
      '"form" is there already',
    ],
    ['amount number: Amount', 'email text: Another address', '"email" is there already'],
  ])('refuse a name that is there already, at once: %s', async (before, line, problem) => {
    const at = ANSWERS.indexOf(before) + 1;
    const { terminal, said } = typing(...ANSWERS.slice(0, at), line, ...ANSWERS.slice(at));
    expect(checkAnswers(await askAnswers('returns', terminal)).ok).toBe(true);
    expect(said.join('\n')).toContain(problem);
  });

  it('are not asked any more when the input has ended, and keep what was answered for another time', async () => {
    const { terminal, said } = typing(...ANSWERS.slice(0, 5));
    const given = await askAnswers('returns', terminal);
    expect(said.join('\n')).not.toContain('2. What is read');
    const file = keptAnswers(given) ?? '';
    const again = readGiven(['workflow', 'returns', '--answers', 'kept.json'], () => file).given;
    expect(again).toMatchObject({ title: { text: 'Returns' }, triggers: [{ text: ANSWERS[4] }], actions: [] });
  });

  it('keep nothing where nothing was answered', async () => {
    expect(keptAnswers(await askAnswers('returns', typing().terminal))).toBeNull();
  });
});
