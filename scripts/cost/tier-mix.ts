import * as z from 'zod';

/** What a case's record says of who decided it, and which models were asked. */
export const DecidedCase = z.object({
  decidedBy: z.string().nullable(),
  ledger: z.array(z.object({ event: z.looseObject({ type: z.string() }) })),
});

const Turn = z.object({
  tier: z.string(),
  usage: z.object({ costUsd: z.number() }),
  opinions: z.array(z.object({ tier: z.string(), costUsd: z.number() })).default([]),
});

export interface TierUse {
  /** `person` where a person decided the case. */
  readonly decidedBy: string;
  /** By tier that was asked: what it cost, US dollars. */
  readonly spent: ReadonlyMap<string, number>;
}

/** Of one case; a record of an earlier version knows only the tier that answered. */
export function tierUseOf({ decidedBy, ledger }: z.infer<typeof DecidedCase>): TierUse {
  const turns = ledger.flatMap(({ event }) => (event.type === 'turn-finished' ? [Turn.parse(event['turn'])] : []));
  const spent = new Map<string, number>();
  for (const { tier, usage, opinions } of turns) {
    const asked = opinions.length === 0 ? [{ tier, costUsd: usage.costUsd }] : opinions;
    for (const one of asked) spent.set(one.tier, (spent.get(one.tier) ?? 0) + one.costUsd);
  }
  return { decidedBy: /\((\w+)\)$/.exec(decidedBy ?? '')?.[1] ?? 'person', spent };
}

export interface TierShare {
  readonly tier: string;
  /** Share (0..1) of the cases that asked it, and of those that it decided. */
  readonly asked: number;
  readonly decided: number;
  /** US dollars on the average of all cases. */
  readonly averageUsd: number;
}

const ORDER = ['learned', 'fast', 'smart', 'deep', 'scripted', 'person'];

/** Cheapest first. The shares that were decided add up to 1. */
export function tierMix(cases: readonly TierUse[]): readonly TierShare[] {
  const tiers = [...new Set(cases.flatMap(({ decidedBy, spent }) => [decidedBy, ...spent.keys()]))];
  const share = (holds: (one: TierUse) => boolean): number => cases.filter(holds).length / cases.length;
  return tiers
    .toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
    .map((tier) => ({
      tier,
      asked: share(({ spent, decidedBy }) => spent.has(tier) || (tier === 'person' && decidedBy === tier)),
      decided: share(({ decidedBy }) => decidedBy === tier),
      averageUsd: cases.reduce((sum, { spent }) => sum + (spent.get(tier) ?? 0), 0) / cases.length,
    }));
}
