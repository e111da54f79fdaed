import { ONBOARDING_DAYS, plusDays, plusWorkingDays, workingDaysBetween } from '../hr-onboarding/dates.ts';
import type { Step, StepDecision, StepJudgement } from './step.ts';

/** Whom a step is handed up to that nobody does. */
export const PEOPLE_LEAD = 'people-lead@remit.example';

/** After so many reminders the people lead hears of it. */
const MOST_REMINDERS = 2;

/** A date is moved so often at most, by so many working days. */
const MOST_MOVES = 2;
const MOVED_DAYS = 3;

/** Papers without which nobody may work, or is not paid: they are never left open without a person. */
const NEEDED = new Set([
  ...['contract', 'right-to-work', 'tax-id', 'tax-form', 'social-insurance', 'identity-copy', 'hiring-notice'],
  ...['health-check', 'safety-training', 'enter-payroll'],
]);

/** What follows from how a step stands, by plain rules. */
export function nextFor(
  step: Step,
  { standing, waitsFor }: StepJudgement,
): Pick<StepDecision, 'next' | 'whom' | 'newDate' | 'daysLate'> {
  const daysLate = Math.max(0, workingDaysBetween(step.due, step.today));
  const plain = { whom: null, newDate: null, daysLate };
  if (standing === 'done') return { ...plain, next: 'tick' };
  if (isOver(step)) return { ...plain, next: 'leave' };
  if (standing === 'stuck') return { ...plain, next: 'hand-up', whom: PEOPLE_LEAD };
  if (daysLate === 0) return { ...plain, next: 'wait' };
  if (standing === 'under-way' && waitsFor === 'outside' && step.movedTimes < MOST_MOVES) {
    return { ...plain, next: 'move', newDate: plusWorkingDays(step.today, MOVED_DAYS) };
  }
  if (step.remindedTimes >= MOST_REMINDERS) return { ...plain, next: 'hand-up', whom: PEOPLE_LEAD };
  return { ...plain, next: 'remind', whom: waitsFor === 'new-hire' ? step.email : step.owner };
}

/** Whether the first 30 days are over. */
export function isOver({ startDate, today }: Pick<Step, 'startDate' | 'today'>): boolean {
  return today >= plusDays(startDate, ONBOARDING_DAYS);
}

export function isNeeded({ stepId }: Pick<Step, 'stepId'>): boolean {
  return NEEDED.has(stepId);
}

/** Access is ticked off by whoever grants it, and not by words. */
export function isAccess({ stepId }: Pick<Step, 'stepId'>): boolean {
  return stepId.startsWith('grant-');
}

export function reminderText(step: Step, daysLate: number): string {
  const { title, hire, due, startDate } = step;
  const late = `${daysLate} working ${daysLate === 1 ? 'day' : 'days'}`;
  const text = `“${title}” for ${hire}, who starts on ${startDate}, was due on ${due}: ${late} ago. Write beside the step how it stands.`;
  return text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .slice(0, 1_000)
    .toWellFormed();
}

export function leftText({ title, hire, owner, startDate }: Step): string {
  const text = `Left open after 30 days: “${title}” for ${hire} (started ${startDate}), with ${owner}.`;
  return text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .slice(0, 1_000)
    .toWellFormed();
}
