import type { CaseEvent, CaseId, Cursor, Json, LedgerEntry } from '../contracts/index.ts';
import { digestOf } from './digest.ts';
import { SaltError, treeDigest } from './salted-tree.ts';

/** Where every chain begins. */
export const EMPTY_LEDGER: Cursor = { seq: 0, hash: '0'.repeat(64) };

/**
 * Puts events in their places after `cursor`, each bound by hash to the one before. `newSalt` gives 32 random hexadecimal
 * digits for each; without it nothing can be taken out of an event later, as in ledgers of earlier versions.
 */
export function chain(
  caseId: CaseId,
  cursor: Cursor,
  events: readonly CaseEvent[],
  atMs: number,
  newSalt?: () => string,
): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  let previous = cursor;
  for (const event of events) {
    const salts = newSalt === undefined ? {} : { salts: newSalt() };
    const entry = { caseId, seq: previous.seq + 1, atMs, event, ...salts, previousHash: previous.hash };
    const hash = hashOf(entry);
    entries.push({ ...entry, hash });
    previous = { seq: entry.seq, hash };
  }
  return entries;
}

/** Where the chain stands after these entries. */
export function cursorAfter(cursor: Cursor, entries: readonly LedgerEntry[]): Cursor {
  const last = entries.at(-1);
  return last === undefined ? cursor : { seq: last.seq, hash: last.hash };
}

export type ChainCheck =
  | { readonly ok: true; readonly entries: number; readonly head: Cursor }
  | { readonly ok: false; readonly seq: number; readonly problem: string };

/** Checks a whole ledger, in order: nothing changed, dropped, swapped or put in between. The head says where it must end. */
export function verifyChain(entries: readonly LedgerEntry[], head?: Cursor): ChainCheck {
  let previous = EMPTY_LEDGER;
  for (const entry of entries) {
    const problem = entryProblem(entry, previous);
    if (problem !== null) return { ok: false, seq: entry.seq, problem };
    previous = { seq: entry.seq, hash: entry.hash };
  }
  if (head !== undefined && (head.seq !== previous.seq || head.hash !== previous.hash)) {
    return {
      ok: false,
      seq: previous.seq,
      problem: `the case says that its ledger ends at entry ${head.seq}, not ${previous.seq}`,
    };
  }
  return { ok: true, entries: entries.length, head: previous };
}

function entryProblem(entry: LedgerEntry, previous: Cursor): string | null {
  if (entry.seq !== previous.seq + 1) return `entry ${previous.seq + 1} is missing`;
  if (entry.previousHash !== previous.hash) return 'it does not follow from the entry before it';
  const { hash, ...content } = entry;
  try {
    return hashOf(content) === hash ? null : 'its content was changed';
  } catch (error) {
    if (error instanceof SaltError) return 'the salts of its parts were changed';
    throw error;
  }
}

function hashOf(entry: Omit<LedgerEntry, 'hash'>): string {
  const { salts, ...content } = entry;
  // Entries are made of parsed schemas and so of JSON; the union type alone hides it from the compiler.
  if (salts === undefined) return digestOf(content as unknown as Json);
  const event = treeDigest(content.event as unknown as Json, salts);
  return digestOf({ ...content, event } as unknown as Json);
}
