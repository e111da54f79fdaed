import type * as z from 'zod';
import type { JsonObject, Phase, Tier } from '../contracts/index.ts';
import type { ActionConnector, SourceConnector } from './connector.ts';
import type { TriggerDefinition } from './triggers.ts';

/**
 * A workflow as the platform sees it: the five answers (what triggers it, which decisions, which actions, which
 * sources, when people step in) and how far it may go by itself. Builders get one from `defineWorkflow`.
 */
export interface Workflow {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly team: Team;
  readonly input: z.ZodType<JsonObject>;
  /** What is computed from the input for the learned model to weigh. Pure; nothing is decided by it. */
  readonly signals: (input: JsonObject) => JsonObject;
  /** A few words that tell one case from another, for lists and mails. */
  readonly subject: (input: JsonObject) => string;
  /** Names of fields for people; a field without one is named after itself. */
  readonly labels: Readonly<Record<string, string>>;
  readonly triggers: readonly TriggerDefinition[];
  readonly sources: Readonly<Record<string, Source>>;
  readonly agents: readonly Agent[];
  readonly decision: z.ZodType<JsonObject>;
  /** The rules from what the agents judged, and the facts, to the decision. Pure. */
  readonly conclude: (judgement: JsonObject, facts: Facts) => JsonObject;
  readonly actions: Readonly<Record<string, ActionDefinition>>;
  /** Which actions follow from the decision, with their arguments. Pure; order is order of performing. */
  readonly plan: (decision: JsonObject, facts: Facts) => readonly PlannedAction[];
  readonly escalation: readonly EscalationRule[];
  readonly rollout: Rollout;
  readonly learned: LearnedSettings;
}

/** Who owns the workflow and answers its requests. */
export interface Team {
  readonly name: string;
  /** Told of alarms; asked when nobody else can be found. */
  readonly owner: string;
  readonly approvers: readonly string[];
  /** Asked in addition when half of the time is over. */
  readonly nextApprovers: readonly string[];
  /** Time to answer a request; at its end the answer is no. */
  readonly answerWithinHours: number;
}

export interface Facts {
  readonly input: JsonObject;
  /** By source id; null where it could not be read. */
  readonly sources: Readonly<Record<string, JsonObject | null>>;
}

export interface Source {
  readonly title: string;
  readonly connector: SourceConnector;
  /** A required source that is missing or incomplete sends the case to a person. */
  readonly isRequired: boolean;
  readonly arguments: (input: JsonObject) => JsonObject;
  /** Names what is missing in what was read; empty when it is complete. */
  readonly missing: (data: JsonObject) => readonly string[];
}

export interface Agent {
  readonly id: string;
  readonly title: string;
  /** Markdown file beside the workflow. */
  readonly instructions: string;
  /** Ids of the sources that it may read. */
  readonly sources: readonly string[];
  readonly judgement: z.ZodType<JsonObject>;
  /** From start to answer, all model calls included. */
  readonly timeoutMs: number;
}

export interface ActionDefinition {
  readonly title: string;
  readonly tier: Tier;
  readonly connector: ActionConnector;
}

export interface PlannedAction {
  readonly action: string;
  readonly arguments: JsonObject;
}

export interface EscalationRule {
  readonly id: string;
  /** One sentence that the person will read. */
  readonly because: string;
  readonly when: (decision: JsonObject, facts: Facts) => boolean;
}

export interface Rollout {
  /** The phase that a fresh deployment starts in. */
  readonly phase: Phase;
  /** Below this calibrated confidence (0..1) a person decides. */
  readonly minimumConfidence: number;
}

/** How the learned model is trained: which fields, which features, how sure it has to be. */
export interface LearnedSettings {
  readonly target: number;
  readonly fields: readonly { readonly name: string; readonly kind: 'class' | 'number'; readonly tolerance?: number }[];
  readonly features?: Readonly<Record<string, FeatureKind>>;
  readonly crosses?: readonly (readonly [string, string])[];
}

export type FeatureKind = 'text' | 'category' | 'number' | 'date' | 'ignore' | { readonly cuts: readonly number[] };
