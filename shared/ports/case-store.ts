import type {
  Action,
  ActionState,
  CapCount,
  CapTotals,
  Case,
  CaseEvent,
  CaseId,
  Counted,
  Cursor,
  DecisionRecord,
  DueTurn,
  Example,
  LedgerEntry,
  PersonRequest,
  Review,
  SecondReview,
  Seed,
  Settings,
  SpotCheck,
  SpotDraw,
} from '../contracts/index.ts';
import type { LessonChange } from './history-store.ts';
import type { StoredSettings } from './platform.ts';
import type { ShapeChange } from './shape-store.ts';

/** Everything about cases and requests that outlives a step. All writes of one step are one transaction. */
export interface CaseStore {
  get(caseId: string): Promise<Case | null>;
  actions(caseId: string): Promise<readonly Action[]>;
  action(caseId: string, actionId: string): Promise<Action | null>;
  /** A case and one of its actions, as both are now: in one read. */
  caseAndAction(caseId: string, actionId: string): Promise<Pick<CaseWithAction, 'case' | 'action'>>;
  /** What is kept of a case beside its ledger that a later round of it builds on, as all of it is now: in one read. */
  known(caseId: string): Promise<KnownCase>;
  /** A case, one of its actions, and the settings of its workflow, as all of them are now: in one read. */
  withAction(wanted: ActionKey): Promise<CaseWithAction>;
  /** What people refused in this case, whatever action had proposed it. */
  closedIntents(caseId: string): Promise<readonly Action['intent'][]>;
  ledger(caseId: string): Promise<readonly LedgerEntry[]>;
  /** Where counters of caps stand, by cap id; one that was never added to is not there. */
  capTotals(of: Pick<CaseWrite, 'caseId' | 'workflow'>, counters: readonly Counted[]): Promise<CapTotals>;
  /** Cases that followed from actions of this one, oldest first. */
  followers(caseId: string, limit: number): Promise<readonly Follower[]>;
  /** Overturnings of which nobody has noted that all that they ask for is started, oldest first. */
  overturningsToStart(page: { limit: number; after: string | null }): Promise<Page<Overturning>>;
  /** Takes one off that list; again, or of one that is not on it, it changes nothing. */
  setOverturningStarted(overturning: Pick<Overturning, 'caseId' | 'ref'>): Promise<void>;
  /** Newest first. */
  list(filter: { workflow: string; state: string | null; limit: number; after: string | null }): Promise<Page<Case>>;
  /**
   * Appends to the ledger and makes the changes that belong to it, all or nothing.
   * @throws ConflictError naming the first condition that did not hold; nothing was written then.
   */
  commit(write: CaseWrite): Promise<Cursor>;
}

export interface Follower {
  readonly caseId: CaseId;
  /** The action that it followed from. */
  readonly actionId: string;
}

export interface Overturning {
  readonly caseId: CaseId;
  /** As its events name it. */
  readonly ref: string;
  readonly atMs: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Hand it in as `after` for the next page; null at the end. */
  readonly next: string | null;
}

export interface CaseWrite {
  readonly caseId: CaseId;
  readonly workflow: string;
  /** Where the writer believes the ledger stands; null to look it up. A stale one is looked up again, not an error. */
  readonly cursor: Cursor | null;
  readonly atMs: number;
  readonly events: readonly CaseEvent[];
  /** A new case. Conflict: `case-exists`. */
  readonly opened?: Omit<Case, 'ledger'>;
  /** By what a new case is found where what is personal is to be taken out of it. */
  readonly erasableBy?: ErasableBy;
  /** Fields of the head to replace. */
  readonly head?: Partial<Omit<Case, 'id' | 'workflow' | 'ledger' | 'openedAtMs'>>;
  /** Only while the case is in this round. Conflict: `round-over`. */
  readonly expectRound?: number;
  /** Only while nothing was written to the case since `cursor`, which must be given. Conflict: `ledger-moved`. */
  readonly expectUnmoved?: true;
  /** Only while the case is not closed. Conflict: `case-closed`. */
  readonly expectOpen?: true;
  /** Turns that are due next, for those that run them to find what they are handed. */
  readonly dueTurns?: DueTurns;
  /** Actions that replace what is stored under their id. */
  readonly actions?: readonly ActionMove[];
  /** A new request. Conflict: `request-exists`. */
  readonly openedRequest?: PersonRequest;
  /** The new form of a request that is open and still has the digest and revision named. Conflict: `request-settled`. */
  readonly changedRequest?: RequestChange;
  /** Only while neither this workflow nor all are switched off. Conflict: `paused`. */
  readonly whileRunning?: string;
  /** A person refused these: nothing else in the case may do the same. */
  readonly closedIntents?: readonly Action['intent'][];
  /** A person allows these again. */
  readonly reopenedIntents?: readonly Action['intent'][];
  /** Only while no person has closed this intent. Conflict: `intent-closed`. */
  readonly whileIntentOpen?: Action['intent'];
  /**
   * As `whileIntentOpen`, and it is the intent of the actions of this round from now on: those of another round are kept
   * from it. Conflicts: `intent-closed`; `intent-taken`, about the round that has it.
   */
  readonly takesIntent?: IntentTaken;
  /** Corrections by people. One that is known already is replaced by the same. */
  readonly examples?: readonly Example[];
  /** Ref of an overturning on record with this write: it stands in the list of those to start. */
  readonly overturning?: string;
  /** Added to counters of caps, each cap once and only as far as its limit goes. Conflict: `cap-reached`, about the cap. */
  readonly counts?: readonly CapCount[];
  /** Taken off counters again: what they stood for certainly did not happen. */
  readonly uncounts?: readonly Counted[];
  /** A remembered approval that begins, is used or ends with this write. */
  readonly shape?: ShapeChange;
  /** The record of the case's decision. Conflict: `record-changed`. */
  readonly record?: RecordChange;
  /** What the case teaches the history of its workflow's model. Conflict: `record-changed`. */
  readonly lesson?: LessonChange;
  /** How a person answered. */
  readonly review?: Review;
  /** Marks a new case as a question with a known answer. */
  readonly seed?: Seed;
  /** The draw of a day with the cases that were drawn, each for the first time. Conflict: `draw-exists`. */
  readonly spotDraw?: { readonly draw: SpotDraw; readonly checks: readonly SpotCheck[] };
  /** What became of a case that was drawn. Conflict: `record-changed`. */
  readonly spotCheck?: { readonly check: SpotCheck; readonly from: number };
  /** A review by two people that begins or goes on; `from` null for one that begins. Conflict: `record-changed`. */
  readonly secondReview?: { readonly review: SecondReview; readonly from: number | null };
  /** Settings that were changed; of another workflow than the case's never. Conflict: `settings-changed`. */
  readonly changedSettings?: SettingsChange;
}

export interface ErasableBy {
  /** Keyed digests of whom it is about. */
  readonly subjects: readonly string[];
  /** The day on which it was opened, as `2026-11-29`, UTC. */
  readonly day: string;
}

/** Turns of one round of an execution. */
export interface DueTurns {
  readonly run: string;
  readonly round: number;
  readonly turns: readonly DueTurn[];
}

export interface IntentTaken {
  readonly intent: Action['intent'];
  readonly round: number;
  /** The round that has had it until now, as long as none of its actions named here may have happened; null for none. */
  readonly instead: { readonly round: number; readonly actionIds: readonly string[] } | null;
}

/** `from`: the revision that it must still have; null for one that must not exist yet. */
export interface RecordChange {
  readonly record: DecisionRecord;
  readonly from: number | null;
}

/** `from`: the revision that they must still have; null while nobody has changed any. */
export interface SettingsChange {
  readonly settings: Settings;
  readonly from: number | null;
}

export interface RequestChange {
  readonly request: PersonRequest;
  readonly from: Pick<PersonRequest, 'digest' | 'revision'>;
}

export interface ActionMove {
  readonly action: Action;
  /** States it may come from, and the digest that it must still have; null for an action that must not exist yet. Conflict: `action-moved`. */
  readonly from: { readonly states: readonly ActionState[]; readonly digest: string } | null;
}

export interface ActionKey {
  readonly caseId: string;
  readonly actionId: string;
  readonly workflow: string;
}

export interface KnownCase {
  readonly case: Case | null;
  readonly actions: readonly Action[];
  readonly closedIntents: readonly Action['intent'][];
  /** Null while no agent has said anything. */
  readonly record: DecisionRecord | null;
}

export interface CaseWithAction {
  readonly case: Case | null;
  readonly action: Action | null;
  readonly settings: StoredSettings;
}

export type ConflictKind =
  | 'case-exists'
  | 'round-over'
  | 'case-closed'
  | 'action-moved'
  | 'request-exists'
  | 'request-settled'
  | 'paused'
  | 'intent-closed'
  | 'intent-taken'
  | 'ledger-busy'
  | 'ledger-moved'
  | 'cap-reached'
  | 'shape-exists'
  | 'shape-over'
  | 'record-changed'
  | 'draw-exists'
  | 'settings-changed';

/** A condition of a write did not hold; somebody else was first. Read again and look. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly kind: ConflictKind;
  /** Id of the cap, where it is `cap-reached`; number of the round, where it is `intent-taken`. */
  readonly about: string | null;

  constructor(kind: ConflictKind, about: string | null = null) {
    super(`The write was refused: ${kind}${about === null ? '' : ` (${about})`}`);
    this.kind = kind;
    this.about = about;
  }
}
