import type { Money } from '../../contracts/index.ts';

/** What some lines of a file add up to; an amount per currency, for different ones are never added. */
export interface Sum {
  readonly title: string;
  readonly lines: number;
  readonly amounts: readonly Money[];
}

export function addUp(title: string, amounts: readonly Money[]): Sum {
  const totals = new Map<string, number>();
  for (const { currency, minor } of amounts) totals.set(currency, (totals.get(currency) ?? 0) + minor);
  const sorted = [...totals].sort(([a], [b]) => (a < b ? -1 : 1));
  return { title, lines: amounts.length, amounts: sorted.map(([currency, minor]) => ({ currency, minor })) };
}
