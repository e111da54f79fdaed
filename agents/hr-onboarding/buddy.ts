import type { HireJudgement } from './hire.ts';

export interface Colleague {
  readonly email: string;
  readonly country: string;
  readonly isLead: boolean;
  readonly isMentor: boolean;
}

/** Who helps a new colleague: those who like to first, then by address. Never the manager; null where nobody fits. */
export function buddyOf(
  colleagues: readonly Colleague[],
  { manager, country, email }: { readonly manager: string; readonly country: string; readonly email: string },
  from: HireJudgement['buddyFrom'],
): string | null {
  const others = colleagues.filter((one) => one.email !== manager && one.email !== email);
  const fitting = others.filter(FITS[from](country));
  const sorted = fitting.toSorted(
    (one, other) => Number(other.isMentor) - Number(one.isMentor) || one.email.localeCompare(other.email),
  );
  return sorted[0]?.email ?? null;
}

const FITS: Readonly<Record<HireJudgement['buddyFrom'], (country: string) => (one: Colleague) => boolean>> = {
  team: () => (one) => !one.isLead,
  'same-country': (country) => (one) => one.country === country && !one.isLead,
  lead: () => (one) => one.isLead,
};
