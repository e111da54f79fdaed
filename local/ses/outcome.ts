/** What became of a mail for one recipient. */
export type Outcome = 'delivered' | 'bounced' | 'complained' | 'suppressed';

const SIMULATOR_DOMAIN = 'simulator.amazonses.com';

const SIMULATED: Readonly<Record<string, Outcome>> = {
  success: 'delivered',
  bounce: 'bounced',
  complaint: 'complained',
  ooto: 'delivered',
  suppressionlist: 'suppressed',
};

/** The mailbox simulator's addresses (labels as `bounce+7@` too) do what they are named for; all others receive. */
export function outcomeFor(address: string, isSuppressed: boolean): Outcome {
  if (isSuppressed) return 'suppressed';
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  if (domain !== SIMULATOR_DOMAIN) return 'delivered';
  return SIMULATED[local.replace(/\+.*$/, '')] ?? 'bounced';
}

/** A complaint comes from somebody who got the mail. */
export function hasReached(outcome: Outcome): boolean {
  return outcome === 'delivered' || outcome === 'complained';
}
