import type { CapCount, Counted } from '../contracts/index.ts';

/** Whose money it is. */
export interface Spender {
  readonly workflow: string;
  readonly caseId: string;
}

/**
 * What models may still cost, in millionths of a US dollar under each cap. What is set aside counts as spent until the
 * truth is known; where a process is lost in between, it goes on to count. So too much may be counted, never too little.
 */
export interface Budget {
  /** Sets the amounts aside, all or none. @returns the cap that has no room, null where they are set aside. */
  reserve(of: Spender, counts: readonly CapCount[], atMs: number): Promise<string | null>;
  /** Corrects what was set aside: adds what is above zero, gives back what is below. */
  settle(of: Spender, corrections: readonly Correction[], atMs: number): Promise<void>;
}

/** `amount` may be below zero. */
export type Correction = Counted;

/** The money of one turn of an agent. */
export interface Purse {
  /** Before each call that costs something: the most that it can cost. @throws when it cannot be set aside. */
  reserve(mostUsd: number): Promise<Reserved>;
}

export type Reserved =
  | {
      readonly kind: 'reserved';
      /** After the call: what it did cost. */
      readonly settle: (spentUsd: number) => Promise<void>;
    }
  /** There is no call then. */
  | { readonly kind: 'refused'; readonly cap: string; readonly words: string };
