import type { Gates } from '../authoring/index.ts';
import type { Share } from './agreement.ts';

/** What gates are read against. */
export interface Measured {
  readonly agreement: Share;
  /** Where there are enough of these, they must pass by themselves too. */
  readonly blind: Share;
  readonly failed: { readonly failed: number; readonly of: number };
}

/** What is still missing, one sentence each; empty where all gates are passed. Reads the lower end of the interval. */
export function gatesMissed({ agreement, blind, failed }: Measured, gates: Gates): string[] {
  const missed: string[] = [];
  if (agreement.of < gates.minimumDecisions) {
    missed.push(`${agreement.of} of the ${gates.minimumDecisions} compared decisions that it takes.`);
  }
  if (!(agreement.lower >= gates.agreement)) missed.push(tooLow('Agreement', agreement, gates));
  if (blind.of >= gates.minimumDecisions && !(blind.lower >= gates.agreement)) {
    missed.push(tooLow('Agreement of people who had not seen the decision', blind, gates));
  }
  if (!(failedShare(failed) <= gates.errors)) {
    missed.push(
      `${percent(failedShare(failed))} of the decisions failed or were degraded; ${percent(gates.errors)} are allowed.`,
    );
  }
  return missed;
}

export function failedShare({ failed, of }: Measured['failed']): number {
  return of === 0 ? 0 : failed / of;
}

/** `82.6 %` */
export function percent(share: number): string {
  return `${percentOf(share)} %`;
}

/** In per cent, with one decimal. */
export function percentOf(share: number): number {
  return Math.round(share * 1_000) / 10;
}

function tooLow(what: string, share: Share, gates: Gates): string {
  return `${what} is ${intervalWords(share)}; its lower end has to be ${percent(gates.agreement)}.`;
}

/** `184 of 200 agree, 87.4 to 95 %` */
function intervalWords({ agreed, of, lower, upper }: Share): string {
  return of === 0 ? 'not known yet' : `${agreed} of ${of}, ${percentOf(lower)} to ${percentOf(upper)} %`;
}
