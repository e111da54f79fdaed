import type { Workflow } from '../authoring/index.ts';
import type { CapCount, Settings } from '../contracts/index.ts';
import { dayOf, limitOf } from './caps.ts';

const MICROS_PER_USD = 1_000_000;

/** Millionths of a US dollar, rounded up, so that what is counted is never below what was spent. */
export function microUsd(usd: number): number {
  return Math.ceil(usd * MICROS_PER_USD);
}

/** What a call that may cost so much adds under each cap on the money of models. */
export function spendCounts({ caps }: Workflow, settings: Settings, mostUsd: number, nowMs: number): CapCount[] {
  return caps
    .filter(({ counts }) => counts === 'model-cost')
    .map((cap) => ({
      cap: cap.id,
      day: cap.per === 'day' ? dayOf(nowMs) : null,
      amount: microUsd(mostUsd),
      limit: Math.floor(limitOf(cap, settings) * MICROS_PER_USD),
    }));
}
