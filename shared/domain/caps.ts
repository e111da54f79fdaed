import type { Cap, Workflow } from '../authoring/index.ts';
import type { Action, CapCount, CapTotals, Counted, Reason, Settings } from '../contracts/index.ts';

/** The day of UTC that a moment falls on. */
export function dayOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}

/** What holds of a cap now: the owner's limit, else the workflow's own. */
export function limitOf(cap: Cap, settings: Settings): number {
  return settings.caps[cap.id] ?? cap.limit;
}

/**
 * What one action adds to counters. An amount counts without its sign, so that nothing is earned back by a negative
 * one; one in another currency than the cap's, or none where the cap names the action, is more than the whole cap.
 * What takes something back counts nowhere: no cap may keep a mistake standing.
 */
export function capCounts(
  { caps }: Workflow,
  action: Pick<Action, 'action' | 'amount' | 'compensates'>,
  settings: Settings,
  nowMs: number,
): CapCount[] {
  if (action.compensates !== null) return [];
  return caps.flatMap((cap): CapCount[] => {
    const limit = limitOf(cap, settings);
    const amount = amountUnder(cap, action, limit);
    return amount === null ? [] : [{ cap: cap.id, day: cap.per === 'day' ? dayOf(nowMs) : null, amount, limit }];
  });
}

/** Null where the action does not count under the cap. */
function amountUnder(cap: Cap, { action, amount }: Pick<Action, 'action' | 'amount'>, limit: number): number | null {
  const isNamed = cap.actions.includes(action);
  if (cap.counts === 'model-cost' || (cap.actions.length > 0 && !isNamed)) return null;
  if (cap.counts === 'effects') return 1;
  if (amount === null && !isNamed) return null;
  return amount?.currency === cap.currency ? Math.abs(amount.minor) : Math.floor(limit) + 1;
}

/**
 * What is still to be added where an earlier try may have gone through. The other side performs a key only once, so
 * what it holds already is not added again; without a key each try may be an effect of its own.
 */
export function stillToCount(wanted: readonly CapCount[], held: readonly Counted[], isKeyed: boolean): CapCount[] {
  return wanted
    .map((count) => {
      const known = isKeyed ? held.filter((other) => isSameCounter(count, other)) : [];
      return { ...count, amount: count.amount - known.reduce((sum, { amount }) => sum + amount, 0) };
    })
    .filter(({ amount }) => amount > 0);
}

/** What an action holds once these are counted. */
export function holding(held: readonly Counted[], added: readonly CapCount[]): Counted[] {
  return [...held, ...added.map(({ cap, day, amount }) => ({ cap, day, amount }))];
}

/** What an action no longer holds: counts are only ever put at the end. */
export function givenBack(held: readonly Counted[], kept: readonly Counted[]): Counted[] {
  return held.slice(kept.length);
}

function isSameCounter(a: Counted, b: Counted): boolean {
  return a.cap === b.cap && a.day === b.day;
}

/** The first cap that has no room for these, which are added up under each cap; null where all fit. */
export function capWithoutRoom(counts: readonly CapCount[], totals: CapTotals): CapCount | null {
  return counts.find(({ cap, limit }) => totalWith(counts, cap, totals) > limit) ?? null;
}

function totalWith(counts: readonly CapCount[], cap: string, totals: CapTotals): number {
  const own = counts.filter((count) => count.cap === cap);
  return own.reduce((sum, { amount }) => sum + amount, totals[cap] ?? 0);
}

/** The counters that these are for, each once. */
export function counters(counts: readonly CapCount[]): Counted[] {
  const firsts = counts.filter((count, index) => counts.findIndex((other) => isSameCounter(count, other)) === index);
  return firsts.map(({ cap, day }) => ({ cap, day, amount: 0 }));
}

/** Why a person is asked before actions that a cap has no room for as a whole; one reason for each cap. */
export function capReasons({ caps }: Workflow, counts: readonly CapCount[], totals: CapTotals): Reason[] {
  return caps.flatMap((cap) => {
    const full = capWithoutRoom(
      counts.filter((count) => count.cap === cap.id),
      totals,
    );
    if (full === null) return [];
    return [{ code: `cap:${cap.id}`, text: `${capWords(cap, full.limit)} Its actions would pass it.` }];
  });
}

const PER_WORDS = { case: 'in one case', day: 'in one day' } as const;

/** The cap as people would say it. */
export function capWords({ id, counts, per, currency }: Cap, limit: number): string {
  const most = {
    'model-cost': `${limit} USD for models`,
    effects: `${limit} ${limit === 1 ? 'effect' : 'effects'}`,
    amount: currency === null ? `${limit}` : amountWords(limit, currency),
  }[counts];
  return `The limit ${id} allows at most ${most} ${PER_WORDS[per]}.`;
}

/** Minor units as people write them; how many make a whole one hangs on the currency. */
function amountWords(minor: number, currency: string): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    ...{ style: 'currency', currency },
  }).resolvedOptions();
  return `${(minor / 10 ** digits).toFixed(digits)} ${currency}`;
}
