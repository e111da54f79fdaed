import type { ActionDefinition, Workflow } from '../../authoring/index.ts';
import type { Action, Case, PersonRequest, Settings } from '../../contracts/index.ts';
import type { PerformSubject, TakeBack } from '../../domain/may-perform.ts';

/** An action with everything that says whether and how it may be performed, as the stores have it now. */
export interface PerformedAction {
  readonly workflow: Workflow;
  readonly definition: ActionDefinition;
  readonly case: Case;
  readonly action: Action;
  readonly request: PersonRequest | null;
  readonly settings: Settings;
  readonly caseKey: string;
  /** The remembered yes that lets it go; null for none. */
  readonly release: NonNullable<PerformSubject['release']> | null;
  /** By what right it takes another action back; null for one that does not. */
  readonly takeBack: TakeBack | null;
}
