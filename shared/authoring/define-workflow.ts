import type * as z from 'zod';
import type { JsonObject, Money, Tier } from '../contracts/index.ts';
import { type AgentDeclaration, agentsOf } from './agents-of.ts';
import { callSite } from './call-site.ts';
import type { ActionConnector, SourceConnector } from './connector.ts';
import type { FactReading } from './facts.ts';
import type { LearnedSettings } from './learned-settings.ts';
import { type Pattern, SINGLE, type SinglePattern } from './pattern.ts';
import type { Fits, Said, TypedAgents } from './pattern-types.ts';
import type { Rollout } from './rollout.ts';
import type { TriggerDefinition } from './triggers.ts';
import type { Approval, Asks, Cap, EscalationRule, PlannedAction, Segment, Team, Workflow } from './workflow.ts';
import { withDefaults } from './workflow-defaults.ts';
import { workflowProblems } from './workflow-problems.ts';

/** What a builder writes: the types of input, sources, judgement, decision and arguments carry through all of it. */
export type WorkflowDefinition<
  Input extends JsonObject,
  Judgement extends JsonObject,
  Decision extends JsonObject,
  Sources extends SourceSet<Input>,
  Actions extends ActionSet,
  Agents extends AgentSet<Sources>,
  P extends Pattern,
> = Answers<Input, Said<Judgement, Agents, P>, Decision, Sources, Actions> &
  (OneAgent<Judgement, Sources> | SeveralAgents<Sources, Agents, P>);

/** One agent that judges alone. */
interface OneAgent<Judgement extends JsonObject, Sources> {
  readonly agent: AgentDeclaration<Judgement, keyof Sources & string>;
  readonly agents?: undefined;
  readonly pattern?: undefined;
}

/** Agents by id, and how they work together: sequence(), mergingPanel(), votingPanel(), orchestrator() or handOff(). */
interface SeveralAgents<Sources, Agents extends AgentSet<Sources>, P extends Pattern> {
  readonly agent?: undefined;
  readonly agents: Agents;
  readonly pattern: P & NoInfer<Fits<Agents, P>>;
}

export type AgentSet<Sources> = TypedAgents &
  Readonly<Record<string, Omit<AgentDeclaration<JsonObject, keyof Sources & string>, 'id'>>>;

interface Answers<
  Input extends JsonObject,
  Judgement,
  Decision extends JsonObject,
  Sources extends SourceSet<Input>,
  Actions extends ActionSet,
> {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly team: Omit<Team, 'roles' | 'channel'> & Partial<Pick<Team, 'roles' | 'channel'>>;
  readonly input: z.ZodType<Input>;
  /**
   * What is plain in an input and worth weighing, such as whether a known competitor is named. Texts of `input` are as
   * `plainWords` makes them; what tells one thing from another, such as a name that is a key, takes them as they came.
   */
  readonly signals?: (input: Input, asItCame: Input) => JsonObject;
  readonly subject: (input: Input) => string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Default: each case stands for itself. */
  readonly caseKey?: (input: Input) => string;
  readonly requestedBy?: (input: Input) => string | null;
  readonly triggers: readonly TriggerDefinition[];
  readonly sources: Sources;
  readonly decision: z.ZodType<Decision>;
  readonly conclude: (judgement: Judgement, facts: FactsOf<Input, Sources>) => Decision;
  readonly actions: Actions;
  /** Which actions follow, made with `act`, in the order of performing. */
  readonly plan: (decision: Decision, facts: FactsOf<Input, Sources>, act: Act<Actions>) => readonly PlannedAction[];
  readonly escalation: readonly (Omit<EscalationRule, 'when'> & {
    readonly when: (decision: Decision, facts: FactsOf<Input, Sources>) => boolean;
  })[];
  readonly segments?: readonly (Omit<Segment, 'when'> & {
    readonly when: (decision: Decision, facts: FactsOf<Input, Sources>) => boolean;
  })[];
  readonly caps?: readonly (Omit<Cap, 'actions' | 'currency'> & {
    readonly actions?: readonly (keyof Actions & string)[];
    readonly currency?: string;
  })[];
  /** Gates and step-back have the platform's defaults where they are left out. */
  readonly rollout: Pick<Rollout, 'phase' | 'minimumConfidence'> & {
    readonly gates?: Partial<Rollout['gates']>;
    readonly stepBack?: Partial<Rollout['stepBack']>;
    /** Default 0: people see what the agents decided. */
    readonly blindShare?: number;
    /** Default 0: one person reviews. 0.1 asks a second one about a tenth of the reviews, to know how far people agree. */
    readonly secondReviewShare?: number;
    /** Default 0.1: one in ten of what was done without a person is looked at afterwards. */
    readonly spotCheckShare?: number;
    /** Minutes that one case took by hand before. */
    readonly minutesByHand?: number;
    /** The action that a case should come to, and how the time until then is called. */
    readonly aim?: { readonly title: string; readonly action: keyof Actions & string };
  };
  readonly learned: LearnedSettings;
}

/** A source as a builder declares it, typed by its connector. */
export interface SourceDeclaration<
  Input extends JsonObject,
  A extends JsonObject,
  D extends JsonObject,
  Asked extends JsonObject = JsonObject,
> {
  readonly title: string;
  readonly connector: SourceConnector<A, D>;
  readonly isRequired: boolean;
  /** Default `always`. */
  readonly read?: 'always' | 'on-demand';
  /** For a source on demand, and only for one. */
  readonly asks?: Asks<Asked>;
  readonly arguments: (input: Input, asked: Asked) => A;
  readonly missing?: (data: D) => readonly string[];
  /** Default 32,768. */
  readonly mostBytes?: number;
}

export interface ActionDeclaration<A extends JsonObject = JsonObject> {
  readonly title: string;
  readonly tier: Tier;
  readonly connector: ActionConnector<A>;
  readonly holdMinutes?: number;
  /** Names another action of the workflow; what it is given is checked by that action's schema. */
  readonly compensation?: {
    readonly action: string;
    readonly arguments: (args: A, result: JsonObject) => JsonObject;
  };
  /** `<source>` or `<source>.<path>`. */
  readonly pins?: readonly string[];
  readonly amount?: (args: A) => Money | null;
  readonly approveFrom?: Money;
  readonly approval?: Partial<Approval>;
  /** Names of actions that must be done in the case before it. */
  readonly after?: readonly string[];
}

/** Method syntax on purpose: parameters are compared loosely, so that sources of differing types fit in one set. */
interface AnySource<Input extends JsonObject> {
  readonly title: string;
  readonly connector: { readonly data: z.ZodType<JsonObject> };
  readonly isRequired: boolean;
  arguments(input: Input, asked: JsonObject): JsonObject;
  missing?(data: JsonObject): readonly string[];
}
interface AnyAction {
  readonly title: string;
  readonly tier: Tier;
  readonly connector: { readonly arguments: z.ZodType<JsonObject>; readonly effect: string };
}
export type SourceSet<Input extends JsonObject> = Readonly<Record<string, AnySource<Input>>>;
export type ActionSet = Readonly<Record<string, AnyAction>>;

export interface FactsOf<Input extends JsonObject, Sources extends SourceSet<Input>> {
  readonly input: Input;
  readonly sources: { readonly [K in keyof Sources]: z.infer<Sources[K]['connector']['data']> | null };
  /** All that was read of sources on demand, too; `sources` has the first of each. */
  readonly readings?: readonly FactReading[];
}

/** Proposes one of the declared actions; wrong names and wrong arguments do not compile. */
export type Act<Actions extends ActionSet> = <K extends keyof Actions & string>(
  action: K,
  args: z.infer<Actions[K]['connector']['arguments']>,
) => PlannedAction;

/** Declares a source; a door of its own so that connector, arguments and data are checked against each other. */
export function source<
  Input extends JsonObject,
  A extends JsonObject,
  D extends JsonObject,
  Asked extends JsonObject = JsonObject,
>(declaration: SourceDeclaration<Input, A, D, Asked>): SourceDeclaration<Input, A, D, Asked> {
  return declaration;
}

/** Declares an action with its tier. */
export function action<A extends JsonObject>(declaration: ActionDeclaration<A>): ActionDeclaration<A> {
  return declaration;
}

/**
 * Makes a workflow of the five answers.
 * @throws WorkflowError with every problem found (vague trigger, action without a tier that fits, no escalation rule,
 * agent that reads an undeclared source, ...), each with how to mend it.
 */
export function defineWorkflow<
  Input extends JsonObject,
  Judgement extends JsonObject,
  Decision extends JsonObject,
  Sources extends SourceSet<Input>,
  Actions extends ActionSet,
  Agents extends AgentSet<Sources> = AgentSet<Sources>,
  P extends Pattern = SinglePattern,
>(definition: WorkflowDefinition<Input, Judgement, Decision, Sources, Actions, Agents, P>): Workflow {
  const { agent, agents, pattern: together, plan, ...rest } = definition;
  const pattern: Pattern = together ?? SINGLE;
  const act: Act<Actions> = (name, args) => ({ action: name, arguments: args });
  // The builder's types were checked above; from here on the platform handles every workflow as JSON with schemas.
  const workflow = withDefaults({
    ...rest,
    agents: agentsOf(agent === undefined ? declaredIn(agents ?? {}) : [agent], pattern),
    pattern,
    plan: (decision: Decision, facts: FactsOf<Input, Sources>) => plan(decision, facts, act),
  } as unknown as Parameters<typeof withDefaults>[0]);
  const problems = workflowProblems(workflow);
  if (problems.length > 0) throw new WorkflowError(definition.id, problems, callSite());
  return workflow;
}

function declaredIn(agents: AgentSet<Record<string, unknown>>): AgentDeclaration<JsonObject, string>[] {
  return Object.entries(agents).map(([id, declared]) => ({ id, ...declared }));
}

export class WorkflowError extends Error {
  readonly workflow: string;
  readonly problems: readonly string[];

  /** @param site the line on which it is defined, where that is known */
  constructor(id: string, problems: readonly string[], site = '') {
    const where = site === '' ? '' : ` (${site})`;
    super(`Workflow ${id}${where} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'WorkflowError';
    this.workflow = id;
    this.problems = problems;
  }
}
