import type { Cap, EscalationRule } from '../../authoring/index.ts';
import type { CaseId, Json, Money, Phase, ShapeOutline } from '../../contracts/index.ts';
import type { Said } from './past-case.ts';

/**
 * A rule as it would be.
 *
 * | kind | what is looked at |
 * |---|---|
 * | `confidence`, `escalation` | decisions of agents: decided without a person, or not |
 * | `phase` | decisions of agents in the segment, with the actions that follow |
 * | `shape` | actions of that name that people were asked about |
 * | `approve-from` | actions of that name |
 * | `refusal` | actions of that effect |
 * | `cap` | what counts towards it |
 */
export type RuleChange =
  | { readonly kind: 'confidence'; readonly minimumConfidence: number }
  /** In place of the workflow's rules. */
  | { readonly kind: 'escalation'; readonly escalation: readonly EscalationRule[] }
  | { readonly kind: 'phase'; readonly segment: string | null; readonly phase: Phase }
  /** Without an end of time or uses. `author` is whose yes it is; null to leave that open. */
  | { readonly kind: 'shape'; readonly shape: ShapeOutline; readonly author: string | null }
  | { readonly kind: 'approve-from'; readonly action: string; readonly approveFrom: Money | null }
  /** Actions of this effect with these values are refused by themselves. */
  | { readonly kind: 'refusal'; readonly effect: string; readonly fixed: Readonly<Record<string, Json>> }
  /** In place of the workflow's cap of that id, or in addition. */
  | { readonly kind: 'cap'; readonly cap: Cap };

/**
 * How something was, or would have been, treated. `by-itself` includes what people are only told of; `capped`: stopped
 * by the cap, for a person to look at; `nothing`: no action followed.
 */
export type Handling = 'by-itself' | 'held' | 'asked' | 'reviewed' | 'refused' | 'capped' | 'nothing';

/** One past item that the change is about. */
export interface Item {
  readonly caseId: CaseId;
  /** Null for the decision of the case. */
  readonly actionId: string | null;
  readonly atMs: number;
  readonly before: Handling;
  readonly after: Handling;
  /** What the person had said; null where nobody was asked. */
  readonly said: Said | null;
}

export interface BackTest {
  /** In one sentence, the rejected ones named by number. */
  readonly summary: string;
  readonly cases: number;
  /** Items that the change is about. */
  readonly items: number;
  /** Those that would have been treated in another way, oldest first. */
  readonly changed: readonly Item[];
}
