import type * as z from 'zod';
import type { JsonObject, Money, Tier } from '../contracts/index.ts';
import type { ActionConnector, SourceConnector } from './connector.ts';
import type { TriggerDefinition } from './triggers.ts';
import type {
  Agent,
  Approval,
  Cap,
  EscalationRule,
  LearnedSettings,
  PlannedAction,
  Rollout,
  Segment,
  Team,
  Workflow,
} from './workflow.ts';
import { withDefaults } from './workflow-defaults.ts';
import { workflowProblems } from './workflow-problems.ts';

/** What a builder writes: the types of input, sources, judgement, decision and arguments carry through all of it. */
export interface WorkflowDefinition<
  Input extends JsonObject,
  Judgement extends JsonObject,
  Decision extends JsonObject,
  Sources extends SourceSet<Input>,
  Actions extends ActionSet,
> {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly team: Omit<Team, 'roles' | 'channel'> & Partial<Pick<Team, 'roles' | 'channel'>>;
  readonly input: z.ZodType<Input>;
  /** What is plain in an input and worth weighing, such as whether a known competitor is named. */
  readonly signals?: (input: Input) => JsonObject;
  readonly subject: (input: Input) => string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Default: each case stands for itself. */
  readonly caseKey?: (input: Input) => string;
  readonly requestedBy?: (input: Input) => string | null;
  readonly triggers: readonly TriggerDefinition[];
  readonly sources: Sources;
  /** One agent that judges alone. */
  readonly agent: Omit<Agent, 'judgement' | 'sources'> & {
    readonly judgement: z.ZodType<Judgement>;
    readonly sources: readonly (keyof Sources & string)[];
  };
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
    /** Minutes that one case took by hand before. */
    readonly minutesByHand?: number;
  };
  readonly learned: LearnedSettings;
}

/** A source as a builder declares it, typed by its connector. */
export interface SourceDeclaration<Input extends JsonObject, A extends JsonObject, D extends JsonObject> {
  readonly title: string;
  readonly connector: SourceConnector<A, D>;
  readonly isRequired: boolean;
  readonly arguments: (input: Input) => A;
  readonly missing?: (data: D) => readonly string[];
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
  arguments(input: Input): JsonObject;
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
}

/** Proposes one of the declared actions; wrong names and wrong arguments do not compile. */
export type Act<Actions extends ActionSet> = <K extends keyof Actions & string>(
  action: K,
  args: z.infer<Actions[K]['connector']['arguments']>,
) => PlannedAction;

/** Declares a source; a door of its own so that connector, arguments and data are checked against each other. */
export function source<Input extends JsonObject, A extends JsonObject, D extends JsonObject>(
  declaration: SourceDeclaration<Input, A, D>,
): SourceDeclaration<Input, A, D> {
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
>(definition: WorkflowDefinition<Input, Judgement, Decision, Sources, Actions>): Workflow {
  const { agent, plan, ...rest } = definition;
  const act: Act<Actions> = (name, args) => ({ action: name, arguments: args });
  // The builder's types were checked above; from here on the platform handles every workflow as JSON with schemas.
  const workflow = withDefaults({
    ...rest,
    agents: [agent],
    plan: (decision: Decision, facts: FactsOf<Input, Sources>) => plan(decision, facts, act),
  } as unknown as Parameters<typeof withDefaults>[0]);
  const problems = workflowProblems(workflow);
  if (problems.length > 0) throw new WorkflowError(definition.id, problems);
  return workflow;
}

export class WorkflowError extends Error {
  readonly problems: readonly string[];

  constructor(id: string, problems: readonly string[]) {
    super(`Workflow ${id} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'WorkflowError';
    this.problems = problems;
  }
}
