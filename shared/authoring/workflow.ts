import type * as z from 'zod';
import type { JsonObject, Money, Proof, Tier, Verb } from '../contracts/index.ts';
import type { ActionConnector, SourceConnector } from './connector.ts';
import type { Each } from './each.ts';
import type { Facts } from './facts.ts';
import type { LearnedSettings } from './learned-settings.ts';
import type { Pattern } from './pattern.ts';
import type { Rollout } from './rollout.ts';
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
  /** What the same customer, card or employee has in common: they are all treated in the same phase. */
  readonly caseKey: (input: JsonObject) => string;
  /** E-mail address of the person of the team who wants it; they may not approve it. Null for nobody. */
  readonly requestedBy: (input: JsonObject) => string | null;
  readonly triggers: readonly TriggerDefinition[];
  readonly sources: Readonly<Record<string, Source>>;
  readonly agents: readonly Agent[];
  /** How the agents work together. */
  readonly pattern: Pattern;
  readonly decision: z.ZodType<JsonObject>;
  /** The rules from what the agents judged, and the facts, to the decision. Pure. */
  readonly conclude: (judgement: JsonObject, facts: Facts) => JsonObject;
  readonly actions: Readonly<Record<string, ActionDefinition>>;
  /** Which actions follow from the decision, with their arguments. Pure; order is order of performing. */
  readonly plan: (decision: JsonObject, facts: Facts) => readonly PlannedAction[];
  readonly escalation: readonly EscalationRule[];
  /** Kinds of cases that earn autonomy on their own; the first whose condition holds counts. */
  readonly segments: readonly Segment[];
  readonly caps: readonly Cap[];
  readonly rollout: Rollout;
  readonly learned: LearnedSettings;
}

/** Who owns the workflow and answers its requests. */
export interface Team {
  readonly name: string;
  /** Told of alarms; asked when nobody else can be found. */
  readonly owner: string;
  readonly approvers: readonly PeopleRule[];
  /** Asked in addition when half of the time is over. */
  readonly nextApprovers: readonly PeopleRule[];
  /** Time to answer a request; at its end the answer is no. */
  readonly answerWithinHours: number;
  /** E-mail addresses by role. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** Channel of the team's chat that is told of its questions, such as `#approvals`; null for none. */
  readonly channel: string | null;
}

/** Who is asked: an e-mail address, everybody of a role of the team, or whom a field of the input names. */
export type PeopleRule = string | { readonly role: string } | { readonly field: string };

export interface Source {
  readonly title: string;
  readonly connector: SourceConnector;
  /** A required source that is missing or incomplete sends the case to a person. */
  readonly isRequired: boolean;
  /**
   * - `always`: read before a model is asked, so that no turn of a model is spent on it.
   * - `on-demand`: offered to Claude as a tool, which reads it as often as it needs to and may. Rules see what was read of
   *   it first. The learned model knows nothing of it.
   */
  readonly read: 'always' | 'on-demand';
  /** What a model may ask of a source on demand; null for one that is always read. */
  readonly asks: Asks | null;
  /** `asked` fits `asks`; empty for a source that is always read. */
  readonly arguments: (input: JsonObject, asked: JsonObject) => JsonObject;
  /** What a model is shown of one reading, in bytes of JSON; the rest is cut off. Rules and people have all of it. */
  readonly mostBytes: number;
  /** Names what is missing in what was read; empty when it is complete. */
  readonly missing: (data: JsonObject) => readonly string[];
}

export interface Asks<Asked extends JsonObject = JsonObject> {
  /** For the model: what it finds there, and when to look. */
  readonly description: string;
  /** What it may choose; checked before anything is read. Leave out what the case itself must decide. */
  readonly schema: z.ZodType<Asked>;
}

export interface Agent {
  readonly id: string;
  readonly title: string;
  /** Markdown file beside the workflow. */
  readonly instructions: string;
  /** Ids of the sources that it may read. */
  readonly sources: readonly string[];
  /** What it is asked for: what it decides, or, where it has choices, a form around that; see answer-form.ts. */
  readonly judgement: z.ZodType<JsonObject>;
  /** What it says once it decides. */
  readonly decides: z.ZodType<JsonObject>;
  /** It may do other things than decide: delegate, hand the case over, or ask a person. */
  readonly hasChoice: boolean;
  /** What other agents hand it; null where it takes nothing of them. */
  readonly takes: z.ZodType<JsonObject> | null;
  /**
   * In a sequence: whether it has a turn at all, by what those before it said and what they read. Pure. Default: always. A
   * rule that throws gives it its turn; a reading that is kept apart for its size is null to it.
   */
  readonly when?: (said: JsonObject, facts: Facts) => boolean;
  /**
   * False, in a sequence: where it fails, or is less sure than the workflow asks for, what it says is left out of the decision
   * and nobody is asked for its sake; how sure the decision is goes by the others, and where they are not sure it has no turn. For what a person reads anyway, or what is as
   * good without. Default: true.
   */
  readonly isRequired?: boolean;
  /** From start to answer, all model calls included. */
  readonly timeoutMs: number;
  /** Readings of sources on demand in one turn, at most. Default 10. */
  readonly mostReadings?: number;
  /**
   * Where it is handed many of a kind and judges each by itself. The learned model of the workflow is then one of such items,
   * and so are its examples. Default: it judges the case.
   */
  readonly each?: Each;
  /**
   * The models that are asked, one after the other until one may decide; each is told what those before it said. Where none
   * may, a person decides. A tier that is not configured is left out. Default: learned, fast, smart.
   */
  readonly cascade?: readonly TierRule[];
  /**
   * What becomes of a case while the model service is down or at its limit, and no model could decide without it: asked
   * of a person at once, or put back for so many hours from its opening. Default: `ask`.
   */
  readonly whenDown?: 'ask' | { readonly waitHours: number };
  /**
   * Fields of the input, by dotted path, that Claude has to see as they are although the schema marks them with
   * `.meta({ personal: true })` (or `'leave-out'`). All other marked fields are hidden from it: behind tokens such as
   * `<email-1>`, which turn into the values again in what it answers. Default: none.
   */
  readonly needs?: readonly string[];
}

/** How far an agent may rely on one tier. */
export interface TierRule {
  /**
   * `scripted`: turns that were written beforehand, in `scripted.json` beside the workflow. Played only where no model is
   * configured and the deployment says that scripts may be played, as one machine does; never decides alone.
   */
  readonly tier: 'learned' | 'fast' | 'smart' | 'deep' | 'scripted';
  /** False: what it says is evidence for the tiers after it and for people. Default true. */
  readonly mayDecide?: boolean;
  /**
   * By field of the judgement: the confidence (0..1) that it takes to decide alone. Default: the workflow's minimum. The
   * learned model has thresholds of its own beside these.
   */
  readonly thresholds?: Readonly<Record<string, number>>;
  /** How hard Claude thinks. Default `medium`. */
  readonly effort?: 'low' | 'medium' | 'high';
  /**
   * Up to here (0..1) Claude's own word counts while too few of its answers were judged by people to say how often they
   * agree. Default 0: until then a person decides. Models overstate, so set it only where a wrong decision costs little.
   */
  readonly unmeasuredConfidence?: number;
}

export interface ActionDefinition {
  readonly title: string;
  readonly tier: Tier;
  readonly connector: ActionConnector;
  /** How long a notify action waits behind an undo link before it goes out; null to do it at once. */
  readonly holdMinutes: number | null;
  /** What takes it back once it is done; null where nothing does. */
  readonly compensation: Compensation | null;
  /**
   * What it rests on, `<source>` or `<source>.<path>`: read again right before it, and a change goes to the approver. A
   * part that changes by itself, such as an age in days, is better left out.
   */
  readonly pins: readonly string[];
  /** What it moves; null where it moves no money. */
  readonly amount: (args: JsonObject) => Money | null;
  /** At this sum over all its like in the case, and above, it is asked whatever its tier; null for no such limit. */
  readonly approveFrom: Money | null;
  readonly approval: Approval;
  /** Actions of the workflow that must be done in the case before it; until then it is asked. */
  readonly after: readonly string[];
}

export interface Compensation {
  /** One of the workflow's actions. */
  readonly action: string;
  readonly arguments: (args: JsonObject, result: JsonObject) => JsonObject;
}

/** How a question about one action is put. */
export interface Approval {
  /** In place of the team's approvers; empty for those. */
  readonly people: readonly PeopleRule[];
  readonly nextPeople: readonly PeopleRule[];
  /** Distinct people who must say yes. */
  readonly quorum: number;
  readonly proof: Proof;
  /** In place of the team's; null for that. */
  readonly answerWithinHours: number | null;
  readonly verbs: readonly Verb[];
  /** A yes needs a reason too. */
  readonly needsReason: boolean;
  /** Others who are asked from an amount on; the highest that is reached counts. */
  readonly above: readonly ApprovalStep[];
}

export interface ApprovalStep {
  readonly from: Money;
  readonly people: readonly PeopleRule[];
  readonly quorum: number;
}

/** A named kind of case, such as "expense under 200 EUR, known vendor". */
export interface Segment {
  readonly id: string;
  readonly title: string;
  readonly when: (decision: JsonObject, facts: Facts) => boolean;
}

/**
 * A limit that no combination of cases and agents passes by more than one call in flight.
 *
 * | counts | unit of `limit` |
 * |---|---|
 * | `model-cost` | USD |
 * | `effects` | number of effects |
 * | `amount` | minor units of `currency`, summed without their signs |
 *
 * Counted as an action is about to be performed, and before each call of a model. At a cap a person is asked, whose yes
 * does not lift it: the owner's settings do. An amount in another currency is more than any cap allows. Where no cap is on
 * the money of models, the platform's own hold: 1 USD in a case, 25 USD in a day.
 */
export interface Cap {
  readonly id: string;
  readonly counts: 'model-cost' | 'effects' | 'amount';
  /** A day is one of UTC. */
  readonly per: 'case' | 'day';
  readonly limit: number;
  /** Which actions count; empty for all. Means nothing for `model-cost`. */
  readonly actions: readonly string[];
  /** ISO 4217; only for `amount`. */
  readonly currency: string | null;
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
