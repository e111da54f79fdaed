import type { Answer, Conversation, NextStep } from './conversation.ts';

/** Days of silence after which a reminder is suggested, and then a close. */
const PATIENCE = { remindAfterDays: 4, closeAfterDays: 10, mostReminders: 2 } as const;

const DAY_MS = 86_400_000;

/** What follows from what they said. Silence is a matter of days and reminders, not of judgement. */
export function nextStepFor(answer: Answer, conversation: Conversation): NextStep {
  switch (answer) {
    case 'interested':
      return 'book-meeting';
    case 'question':
      return 'colleague-answers';
    case 'not-now':
    case 'out-of-office':
      return 'pause';
    case 'wrong-person':
      return 'find-person';
    case 'no':
      return 'close';
    case 'silence':
      return afterSilence(conversation);
  }
}

/** Suggested once a week, on a working day: what a person has refused or left is not asked again the next morning. */
function afterSilence({ reminders, silentDays, today }: Conversation): NextStep {
  const isEnough = reminders >= PATIENCE.mostReminders;
  const patience = isEnough ? PATIENCE.closeAfterDays : PATIENCE.remindAfterDays;
  const spokeAtMs = dayMs(today) - silentDays * DAY_MS;
  const dueAtMs = workingDayFrom(spokeAtMs + patience * DAY_MS);
  const overdueDays = (dayMs(today) - dueAtMs) / DAY_MS;
  if (overdueDays < 0 || overdueDays % 7 !== 0) return 'wait';
  return isEnough ? 'close' : 'remind';
}

function dayMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** That day, or the Monday after a weekend. */
function workingDayFrom(atMs: number): number {
  const weekday = new Date(atMs).getUTCDay();
  const daysOff = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  return atMs + daysOff * DAY_MS;
}

/** Spans of time in the languages that prospects write in, the most exact first. */
const SPANS: readonly (readonly [RegExp, days: number])[] = [
  [/\b(tomorrow|morgen|demain|mañana|domani)\b/i, 2],
  [
    /\b(next week|nächste(n|r)? woche|semaine prochaine|próxima semana|volgende week|prossima settimana|this week|back on)\b/i,
    7,
  ],
  [/\b(two|2|zwei|deux|dos|twee|due) (weeks|wochen|semaines|semanas|weken|settimane)\b/i, 14],
  [
    /\b(next month|nächsten monat|mois prochain|próximo mes|volgende maand|prossimo mese|four weeks|end of the month)\b/i,
    30,
  ],
  [/\b(two|2|zwei|deux|dos|twee|due) (months|monate[n]?|mois|meses|maanden|mesi)\b/i, 60],
  [
    /\b(next quarter|quarter|quartal|trimestre|kwartaal|q[1-4]|three months|after (the )?(summer|season|harvest)|nach (dem sommer|der saison)|après l'été|spring|autumn|fall|frühjahr|herbst|printemps|primavera|otoño|najaar|voorjaar)\b/i,
    90,
  ],
  [
    /\b(next year|nächstes jahr|l'année prochaine|próximo año|volgend jaar|l'anno prossimo|half a year|budget (round|year|cycle))\b/i,
    180,
  ],
];

const USUAL_DAYS = { 'not-now': 60, 'out-of-office': 7 } as const;

/** The day from which on the conversation is looked at again; null where it is not paused. */
export function pauseUntil(answer: Answer, { reply, today }: Conversation): string | null {
  if (answer !== 'not-now' && answer !== 'out-of-office') return null;
  const days = SPANS.find(([words]) => words.test(reply))?.[1] ?? USUAL_DAYS[answer];
  return new Date(dayMs(today) + days * DAY_MS).toISOString().slice(0, 10);
}
