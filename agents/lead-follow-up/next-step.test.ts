import { describe, expect, it } from 'vitest';
import { Conversation } from './conversation.ts';
import { nextStepFor, pauseUntil } from './next-step.ts';

/** 2026-03-02 is a Monday. */
const conversation = (changes: Partial<Conversation> = {}) =>
  Conversation.parse({
    ...{ name: 'A', email: 'a@b.example', company: 'B', reply: '', reminders: 0, silentDays: 0, today: '2026-03-02' },
    ...changes,
  });

describe('the next step', () => {
  it.each([
    ['interested', 'book-meeting'],
    ['question', 'colleague-answers'],
    ['not-now', 'pause'],
    ['out-of-office', 'pause'],
    ['wrong-person', 'find-person'],
    ['no', 'close'],
  ] as const)('after %s is %s', (answer, expected) => {
    expect(nextStepFor(answer, conversation())).toBe(expected);
  });

  it.each([
    [0, 3, '2026-03-05', 'wait', 'less than four days'],
    [0, 4, '2026-03-06', 'remind', 'the fourth day, a Friday'],
    [0, 5, '2026-03-07', 'wait', 'a day after it was suggested'],
    [0, 11, '2026-03-13', 'remind', 'a week later, where nobody has sent it'],
    [1, 4, '2026-03-06', 'remind', 'the second reminder'],
    [2, 4, '2026-03-06', 'wait', 'two reminders were sent'],
    [2, 10, '2026-03-12', 'close', 'ten days after the second'],
    [2, 11, '2026-03-13', 'wait', 'a day after it was suggested'],
  ] as const)(
    'after %d reminders and %d days of silence on %s is %s: %s',
    (reminders, silentDays, today, expected, _why) => {
      expect(nextStepFor('silence', conversation({ reminders, silentDays, today }))).toBe(expected);
    },
  );

  it('waits for the Monday where the fourth day falls on a weekend', () => {
    const from = (silentDays: number, today: string) => nextStepFor('silence', conversation({ silentDays, today }));
    expect([from(4, '2026-03-07'), from(5, '2026-03-08'), from(6, '2026-03-09'), from(7, '2026-03-10')]).toEqual([
      'wait',
      'wait',
      'remind',
      'wait',
    ]);
  });
});

describe('a pause', () => {
  it.each([
    ['not-now', 'Come back next week.', '2026-03-09'],
    ['not-now', 'Bitte nächsten Monat.', '2026-04-01'],
    ['not-now', 'Recontactez-moi dans deux mois.', '2026-05-01'],
    ['not-now', 'Maybe next year.', '2026-08-29'],
    ['not-now', 'No time.', '2026-05-01'],
    ['out-of-office', 'I am away.', '2026-03-09'],
    ['out-of-office', 'Back in two weeks.', '2026-03-16'],
  ] as const)('after %s, "%s", ends on %s', (answer, reply, expected) => {
    expect(pauseUntil(answer, conversation({ reply }))).toBe(expected);
  });

  it('is there for those alone who ask for it', () => {
    expect(pauseUntil('interested', conversation({ reply: 'next week' }))).toBeNull();
  });
});
