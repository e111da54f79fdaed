import type { CaseId, Json, LedgerEntry } from '../contracts/index.ts';

/**
 * Where personal data of a case stands beside its head and its ledger. What says what happened is rewritten, all else is
 * removed. `steps`: what these left for each other. `waiting-files`: texts that came, of which not every line is on the queue. `effects` and `records`: of the sandbox, which stands for the outside world.
 */
export type ErasurePlace =
  | 'actions'
  | 'requests'
  | 'decision-records'
  | 'intents'
  | 'examples'
  | 'remembered-approvals'
  | 'histories'
  | 'large-readings'
  | 'steps'
  | 'task-tokens'
  | 'effects'
  | 'records'
  | 'evaluation-rows'
  | 'evaluation-models'
  | 'waiting-files';

/** Something kept, as the store finds it again. */
export interface StoredDocument {
  readonly place: ErasurePlace;
  /** What it holds, for rewriting; null for what is removed as a whole. */
  readonly body: Json | null;
  readonly key: DocumentKey;
}

/** Opaque to all but the store. */
export type DocumentKey = Readonly<Record<string, unknown>>;

/** What a case is looked up by: who it is about, and when it came. */
export interface ErasureOf {
  readonly caseId: CaseId;
  readonly workflow: string;
  /** Who it is about, as `subjectName` writes it. */
  readonly names: readonly string[];
}

/** Finds what is kept of people, and takes it away. Only the function that erases may use it. */
export interface ErasureStore {
  /** Cases about a person whose keyed digest this is, in order of their ids. */
  casesOf(subject: string): Promise<readonly CaseId[]>;
  /** Cases that were opened on a day (`2026-11-29`, UTC) and hold personal data still. */
  openedOn(day: string): Promise<readonly CaseId[]>;
  documents(of: ErasureOf): Promise<readonly StoredDocument[]>;
  /**
   * What is kept of whoever is known by one of these names, of whom there need be no case: reports of evaluations hold labelled
   * examples, and files wait to become cases. So these are not among the documents of a case, and go when the person asks. All
   * files that wait are given, for whoever can read their lines, with what brought them.
   */
  besideCases(workflow: string, names: readonly string[]): Promise<readonly StoredDocument[]>;
  /** Unless it was changed since it was read. @returns whether it is as given now. */
  rewrite(document: StoredDocument, body: Json): Promise<boolean>;
  /** What is not there any more is removed. */
  remove(document: StoredDocument): Promise<void>;
  /** The same entry of the chain with less in it: its hash is what it was. */
  rewriteEntry(entry: LedgerEntry): Promise<void>;
  /** Takes a case out of a list by which it is found. */
  unlist(caseId: CaseId, list: ErasureList): Promise<void>;
}

/** Of a person, by keyed digest, or of a day on which cases were opened. */
export type ErasureList = { readonly subject: string } | { readonly openedOn: string };

/** Digests of what people are known by, under a key that is kept apart from the data. */
export interface SubjectDigests {
  of(name: string): Promise<string>;
}
