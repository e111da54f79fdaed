import type { Tier } from '../../shared/contracts/index.ts';

/** What a builder answered to the five questions, checked; a folder is written of it. */
export interface Answers {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly team: string;
  readonly owner: string;
  /** What a trigger brings beside name, email, subject and text. */
  readonly fields: readonly FieldAnswer[];
  readonly triggers: readonly TriggerAnswer[];
  readonly sources: readonly SourceAnswer[];
  readonly decisions: readonly DecisionAnswer[];
  readonly actions: readonly ActionAnswer[];
  readonly escalation: readonly RuleAnswer[];
}

export interface FieldAnswer {
  readonly name: string;
  readonly type: 'text' | 'number' | 'yes-no';
  readonly label: string;
}

export type TriggerAnswer = { readonly id: string; readonly when: string } & (
  | { readonly kind: 'webhook' }
  | { readonly kind: 'by-hand' }
  /** What stands before the @ of the address. */
  | { readonly kind: 'mail'; readonly to: string }
  | { readonly kind: 'event'; readonly source: string; readonly detailType: string }
  | {
      readonly kind: 'schedule';
      readonly cron: string;
      readonly timezone: string;
      readonly connector: string;
      readonly list: string;
    }
);

export interface SourceAnswer {
  readonly id: string;
  /** A name of the table of connectors. */
  readonly connector: string;
  readonly isRequired: boolean;
  readonly title: string;
}

export interface DecisionAnswer {
  readonly name: string;
  /** The values that it may take; empty for yes or no. */
  readonly options: readonly string[];
  readonly question: string;
}

export interface ActionAnswer {
  readonly id: string;
  readonly tier: Tier;
  readonly connector: string;
  /** Follows from every decision where null. */
  readonly when: DecisionIs | null;
  readonly title: string;
}

export interface DecisionIs {
  readonly decision: string;
  readonly value: string | boolean;
}

export interface RuleAnswer {
  readonly id: string;
  readonly when:
    | ({ readonly kind: 'is' } & DecisionIs)
    | { readonly kind: 'mentions'; readonly field: string; readonly words: readonly string[] }
    | { readonly kind: 'over'; readonly field: string; readonly limit: number };
  readonly because: string;
}

/** A line as it was given, and where. */
export interface Line {
  readonly text: string;
  /** `answers.json, line 7`, or `--action`. */
  readonly place: string;
}

/** The answers as they were given: one line for each trigger, source, decision, action and rule. */
export interface Given {
  readonly id: string;
  readonly title: Line | null;
  readonly summary: Line | null;
  readonly team: Line | null;
  readonly owner: Line | null;
  readonly fields: readonly Line[];
  readonly triggers: readonly Line[];
  readonly sources: readonly Line[];
  readonly decisions: readonly Line[];
  readonly actions: readonly Line[];
  readonly escalation: readonly Line[];
}

/** Fields that every trigger brings. */
export const BASE_FIELDS: readonly FieldAnswer[] = [
  { name: 'name', type: 'text', label: 'Name' },
  { name: 'email', type: 'text', label: 'E-mail' },
  { name: 'subject', type: 'text', label: 'Subject' },
  { name: 'text', type: 'text', label: 'Text' },
];
