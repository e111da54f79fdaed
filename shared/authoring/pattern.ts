import { written } from './call-site.ts';

/**
 * How the agents of a workflow work together, as data.
 *
 * | pattern | turns | the judgement |
 * |---|---|---|
 * | `single` | one, of the one agent | its own |
 * | `sequence` | one after the other, each handed what those before it said | all of them, a later word over an earlier one |
 * | `panel`, merged | all at once | each decides fields of its own |
 * | `panel`, voted | all at once; then debates, then a judge, where they are set | one that a member gave and the vote carried |
 * | `orchestrator` | the leader plans the next turns, until it decides or a bound is reached | the leader's |
 * | `hand-off` | each agent decides, or hands the case to another | that of whoever decides |
 */
export type Pattern =
  | SinglePattern
  | SequencePattern
  | MergePattern
  | VotePattern<readonly string[], string, string>
  | OrchestratorPattern
  | HandOffPattern;

export interface SinglePattern {
  readonly kind: 'single';
}

export interface SequencePattern<Order extends readonly string[] = readonly string[]> {
  readonly kind: 'sequence';
  readonly order: Order;
}

export interface MergePattern<Members extends readonly string[] = readonly string[]> {
  readonly kind: 'panel';
  readonly settle: 'merge';
  readonly members: Members;
}

export interface VotePattern<Members extends readonly string[], On extends string, Judge extends string> {
  readonly kind: 'panel';
  readonly settle: 'vote';
  readonly members: Members;
  readonly rule: VoteRule<Members[number]>;
  /** Fields of the judgement that are voted on, together as one position; empty for all of them. */
  readonly on: readonly On[];
  /** Whether a person is asked although the rule carries a position, where some held another. */
  readonly onDissent: 'ask' | 'note';
  /** Rounds in which members read what the others said and answer again, while the rule carries nothing. */
  readonly debates: number;
  /** Decides where the rule still carries nothing; null for a person. */
  readonly judge: Judge | null;
}

/** The share that a position needs is of all members, whether or not they came to one. */
export type VoteRule<Member extends string = string> =
  | { readonly kind: 'unanimous' }
  | { readonly kind: 'majority' }
  /** `above`: more than this share (0.5..1) of all weights. */
  | { readonly kind: 'weighted'; readonly weights: Readonly<Record<Member, number>>; readonly above: number };

export interface OrchestratorPattern<Leader extends string = string, Led extends string = string> {
  readonly kind: 'orchestrator';
  readonly leader: Leader;
  readonly leads: readonly Led[];
  readonly most: Bounds;
}

export interface HandOffPattern<First extends string = string, Name extends string = string> {
  readonly kind: 'hand-off';
  readonly first: First;
  /** To whom each agent may hand the case; one that is not named here hands it to nobody. */
  readonly routes: Readonly<Partial<Record<Name, readonly Name[]>>>;
  readonly most: Bounds;
}

/** Once one of these is reached, no turn is planned any more and a person decides. */
export interface Bounds {
  /** Turns of all agents in one run. */
  readonly turns: number;
  /** Questions to models, repeated ones included, and reads of sources. */
  readonly calls: number;
  /** What models may have cost before another turn is planned, in US dollars. Caps hold beside it, call by call. */
  readonly costUsd: number;
}

const DEFAULT_BOUNDS: Bounds = { turns: 8, calls: 80, costUsd: 1 };

export const SINGLE: SinglePattern = { kind: 'single' };

/** Turn after turn. Each agent takes fields that those before it said, as its `takes` has them. */
export function sequence<const Order extends readonly [string, string, ...string[]]>(
  ...order: Order
): SequencePattern<Order> {
  return written({ kind: 'sequence', order });
}

/** Side by side, each deciding fields of its own, which are put together. */
export function mergingPanel<const Members extends readonly [string, string, ...string[]]>(
  ...members: Members
): MergePattern<Members> {
  return written({ kind: 'panel', settle: 'merge', members });
}

/** Side by side on the same question, then a vote. Default: unanimous, on all fields, no debate, no judge, dissent asks. */
export function votingPanel<
  const Members extends readonly [string, string, ...string[]],
  const On extends string = never,
  const Judge extends string = never,
>(panel: {
  readonly members: Members;
  readonly rule?: VoteRule<NoInfer<Members[number]>>;
  readonly on?: readonly On[];
  readonly onDissent?: 'ask' | 'note';
  readonly debates?: number;
  readonly judge?: Judge;
}): VotePattern<Members, On, Judge> {
  const { members, rule = { kind: 'unanimous' }, on = [], onDissent = 'ask', debates = 0, judge = null } = panel;
  return written({ kind: 'panel', settle: 'vote', members, rule, on, onDissent, debates, judge });
}

/** A leader that plans who works next, gets their results, and decides. */
export function orchestrator<const Leader extends string, const Led extends string>(plan: {
  readonly leader: Leader;
  readonly leads: readonly Led[];
  readonly most?: Partial<Bounds>;
}): OrchestratorPattern<Leader, Led> {
  return written({ kind: 'orchestrator', ...plan, most: { ...DEFAULT_BOUNDS, ...plan.most } });
}

/** Agents that decide or hand the case on, each to those that its route names. */
export function handOff<const First extends string, const From extends string, const To extends string>(plan: {
  readonly first: First;
  readonly routes: Readonly<Record<From, readonly To[]>>;
  readonly most?: Partial<Bounds>;
}): HandOffPattern<First, First | From | To> {
  const routes = plan.routes as HandOffPattern<First, First | From | To>['routes'];
  return written({ kind: 'hand-off', first: plan.first, routes, most: { ...DEFAULT_BOUNDS, ...plan.most } });
}
