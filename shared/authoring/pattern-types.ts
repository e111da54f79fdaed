import type * as z from 'zod';
import type { JsonObject } from '../contracts/index.ts';
import type { Facts } from './facts.ts';
import type {
  HandOffPattern,
  MergePattern,
  OrchestratorPattern,
  SequencePattern,
  SinglePattern,
  VotePattern,
} from './pattern.ts';

/** What the patterns need to know of the types of agents. */
export interface TypedAgent {
  readonly judgement: z.ZodType<JsonObject>;
  readonly takes?: z.ZodType<JsonObject>;
  when?(said: JsonObject, facts: Facts): boolean;
  readonly isRequired?: boolean;
}
export type TypedAgents = Readonly<Record<string, TypedAgent>>;

/** What the agents say together: the judgement that the rules of the workflow begin from. */
export type Said<Single, Agents extends TypedAgents, P> = P extends SinglePattern
  ? Single
  : P extends SequencePattern<infer Order>
    ? SaidInTurn<Agents, Order, unknown>
    : P extends MergePattern<infer Members>
      ? SaidInOrder<Agents, Members, unknown>
      : P extends VotePattern<infer Members, string, string>
        ? SaidBy<Agents, Members[number]>
        : P extends OrchestratorPattern<infer Leader, string>
          ? SaidBy<Agents, Leader>
          : P extends HandOffPattern<string, infer Name>
            ? SaidBy<Agents, Name>
            : never;

/** `unknown` where a pattern fits its agents; else a type that no value has, whose name says what is wrong. */
export type Fits<Agents extends TypedAgents, P> =
  P extends SequencePattern<infer Order>
    ? SequenceFits<Agents, Order>
    : P extends MergePattern<infer Members>
      ? Known<Agents, Members[number]> & MergeFits<Agents, Members, never>
      : P extends VotePattern<infer Members, infer On, infer Judge>
        ? Known<Agents, Members[number] | Judge> & VoteFits<Agents, Members[number], On, Judge>
        : P extends OrchestratorPattern<infer Leader, infer Led>
          ? Known<Agents, Leader | Led>
          : P extends HandOffPattern<infer First, infer Name>
            ? Known<Agents, First | Name>
            : unknown;

type SaidBy<Agents extends TypedAgents, Name> = Name extends keyof Agents ? z.infer<Agents[Name]['judgement']> : never;
type TakenBy<Agents extends TypedAgents, Name> = Name extends keyof Agents
  ? Agents[Name] extends { readonly takes: z.ZodType<JsonObject> }
    ? z.input<Agents[Name]['takes']>
    : never
  : never;

type SaidInOrder<Agents extends TypedAgents, Order, Before> = Order extends readonly [infer Name, ...infer Rest]
  ? SaidInOrder<Agents, Rest, Over<Before, SaidBy<Agents, Name>>>
  : Before;
/** In a sequence: one that has a turn only sometimes, or need not be sure, may have said nothing. */
type SaidInTurn<Agents extends TypedAgents, Order, Before> = Order extends readonly [infer Name, ...infer Rest]
  ? SaidInTurn<Agents, Rest, OverInTurn<Agents, Name, Before>>
  : Before;
type OverInTurn<Agents extends TypedAgents, Name, Before> =
  HasTurn<Agents, Name> extends 'always'
    ? Over<Before, SaidBy<Agents, Name>>
    : PerhapsOver<Before, SaidBy<Agents, Name>>;
type HasTurn<Agents extends TypedAgents, Name> = Name extends keyof Agents
  ? Agents[Name] extends { when(said: never, facts: never): boolean }
    ? 'sometimes'
    : Agents[Name] extends { readonly isRequired: false }
      ? 'sometimes'
      : 'always'
  : 'always';
type PerhapsOver<Before, After> = Omit<Before, keyof After> & {
  readonly [K in keyof After & keyof Before]: Before[K] | After[K];
} & Partial<Omit<After, keyof Before>>;
/** The later word counts. */
type Over<Before, After> = unknown extends Before ? After : Omit<Before, keyof After> & After;

type Known<Agents extends TypedAgents, Name extends string> = [Exclude<Name, keyof Agents>] extends [never]
  ? unknown
  : { readonly 'no such agent': Exclude<Name, keyof Agents> };

type SequenceFits<Agents extends TypedAgents, Order extends readonly string[]> = [
  Exclude<Order[number], keyof Agents>,
] extends [never]
  ? Order extends readonly [infer First, ...infer Rest]
    ? HandsOver<Agents, Rest, SaidBy<Agents, First>>
    : unknown
  : Known<Agents, Order[number]>;

type HandsOver<Agents extends TypedAgents, Order, Before> = Order extends readonly [infer Name, ...infer Rest]
  ? [TakenBy<Agents, Name>] extends [never]
    ? { readonly 'says not what it takes from those before it': Name }
    : Before extends TakenBy<Agents, Name>
      ? HandsOver<Agents, Rest, OverInTurn<Agents, Name, Before>>
      : { readonly 'takes what those before it do not say': Name }
  : unknown;

type MergeFits<Agents extends TypedAgents, Members, Before> = Members extends readonly [infer Name, ...infer Rest]
  ? [Before & keyof SaidBy<Agents, Name>] extends [never]
    ? MergeFits<Agents, Rest, Before | keyof SaidBy<Agents, Name>>
    : { readonly 'decides a field that another decides': Name }
  : unknown;

type VoteFits<Agents extends TypedAgents, Member extends string, On extends string, Judge extends string> =
  Differing<Agents, Member | Judge, SaidBy<Agents, Member>> extends infer Other
    ? [Other] extends [never]
      ? [Exclude<On, keyof SaidBy<Agents, Member>>] extends [never]
        ? unknown
        : { readonly 'votes on a field that nobody judges': Exclude<On, keyof SaidBy<Agents, Member>> }
      : { readonly 'judges something else than the others': Other }
    : never;

/** Names of those who judge something else than all members do. */
type Differing<Agents extends TypedAgents, Name extends string, Each> = Name extends string
  ? [Each] extends [SaidBy<Agents, Name>]
    ? [SaidBy<Agents, Name>] extends [Each]
      ? never
      : Name
    : Name
  : never;
