import { readFileSync } from 'node:fs';
import { START_MS } from './start-of-time.ts';

export const ONBOARDING = 'hr-onboarding';
export const STEPS = 'onboarding-steps';
export const PEOPLE_LEAD = 'people-lead@remit.example';

const DAY_MS = 86_400_000;

/** An ISO date so many days from the start of a deployment. */
export function dayFromNow(days: number): string {
  return new Date(START_MS + days * DAY_MS).toISOString().slice(0, 10);
}

/** A sample hire of somebody else, who was recorded today and starts in two weeks, so that steps are due at once. */
export function sampleHire(sample: string, who: string): Record<string, string> {
  const hire = JSON.parse(readFileSync(`agents/hr-onboarding/samples/${sample}.json`, 'utf8'));
  return {
    ...{ ...hire, hireId: `H-${who}`, name: `${who} Muster`, email: `${who.toLowerCase()}@newcomer.example` },
    ...{ recordedOn: dayFromNow(0), startDate: dayFromNow(14) },
  };
}

/** A step as the HR system of the sandbox keeps it: late, and nobody was reminded of it. */
export function keptStep(who: string, changes: Readonly<Record<string, string | number>> = {}) {
  return {
    ...{ hireId: `H-${who}`, stepId: 'desk', hire: `${who} Muster`, email: `${who.toLowerCase()}@newcomer.example` },
    ...{ title: 'Desk and key are ready', owner: 'workplace@remit.example', note: '' },
    ...{ startDate: dayFromNow(-1), due: dayFromNow(-2), state: 'open' },
    ...{ remindedTimes: 0, movedTimes: 0, chasedOn: null },
    ...changes,
  };
}
