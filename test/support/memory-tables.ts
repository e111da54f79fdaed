import type { Absence, AbsenceChange, Settings } from '../../shared/contracts/index.ts';
import type { AnswerDraft, MailLink, Overturning, TurnKey } from '../../shared/ports/index.ts';

/** What the in-memory stores share, as the tables do. Values are JSON text, so that what is read is always a copy. */
export interface MemoryTables {
  readonly cases: Map<string, string>;
  /** By case id and action id, joined by a slash. */
  readonly actions: Map<string, string>;
  readonly requests: Map<string, string>;
  /** Turns, by case id and key, joined by a slash, as JSON; and problems in words. */
  readonly steps: Map<string, string>;
  /** By case id, in order. */
  readonly ledger: Map<string, string[]>;
  readonly tokens: Map<string, string>;
  readonly links: Map<string, MailLink>;
  readonly settings: Map<string, Settings>;
  /** Closed intents as JSON, by case id and key, joined by a slash. */
  readonly closedIntents: Map<string, string>;
  /** The round whose actions have begun an intent. */
  readonly takenIntents: Map<string, number>;
  /** Ids of answered requests whose execution has heard of it. */
  readonly woken: Set<string>;
  readonly absences: Map<string, Absence>;
  /** Totals of caps, by owner, cap and day. */
  readonly counters: Map<string, number>;
  readonly shapes: Map<string, string>;
  /** As JSON, by case id. */
  readonly records: Map<string, string>;
  /** As JSON, by request and person, joined by a slash. */
  readonly reviews: Map<string, string>;
  readonly seeds: Map<string, string>;
  /** What people confirmed, as JSON, by key and case id, joined by a slash. */
  readonly confirmed: Map<string, string>;
  /** As JSON, by case id. */
  readonly lessons: Map<string, string>;
  /** As JSON, by case id. */
  readonly secondReviews: Map<string, string>;
  /** As JSON, by case id. */
  readonly spotChecks: Map<string, string>;
  /** As JSON, by workflow and day, joined by a slash. */
  readonly spotDraws: Map<string, string>;
  /** By workflow, time and id, joined by a slash. */
  readonly examples: Map<string, string>;
  /** By address, oldest first. */
  readonly absenceChanges: Map<string, readonly AbsenceChange[]>;
  /** To start, by case id and ref, joined by a slash. */
  readonly overturnings: Map<string, Overturning>;
  readonly drafts: Map<string, AnswerDraft>;
  /** Request id and address of who was told how it ended, joined by a slash. */
  readonly told: Set<string>;
  /** `subject#<digest>/<case id>` and `opened#<day>/<case id>`. */
  readonly erasableBy: Set<string>;
}

export function memoryTables(): MemoryTables {
  return {
    cases: new Map(),
    actions: new Map(),
    requests: new Map(),
    steps: new Map(),
    ledger: new Map(),
    tokens: new Map(),
    links: new Map(),
    settings: new Map(),
    closedIntents: new Map(),
    takenIntents: new Map(),
    woken: new Set(),
    absences: new Map(),
    counters: new Map(),
    shapes: new Map(),
    records: new Map(),
    reviews: new Map(),
    seeds: new Map(),
    confirmed: new Map(),
    lessons: new Map(),
    secondReviews: new Map(),
    spotChecks: new Map(),
    spotDraws: new Map(),
    examples: new Map(),
    absenceChanges: new Map(),
    overturnings: new Map(),
    drafts: new Map(),
    told: new Set(),
    erasableBy: new Set(),
  };
}

export function turnKeyIn(caseId: string, { run, round, agent }: TurnKey): string {
  return `${caseId}/turn#${run}#${round}#${agent}`;
}
