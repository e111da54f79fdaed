import type * as z from 'zod';
import type { JsonObject } from '../contracts/index.ts';
import { answerForm, type Choices, hasChoice, type Reachable } from './answer-form.ts';
import type { Facts } from './facts.ts';
import type { Pattern } from './pattern.ts';
import type { Agent } from './workflow.ts';

/** An agent as a builder declares it. */
export interface AgentDeclaration<Judgement extends JsonObject, SourceId extends string>
  extends Pick<
    Agent,
    'id' | 'title' | 'instructions' | 'mostReadings' | 'cascade' | 'whenDown' | 'needs' | 'isRequired' | 'each'
  > {
  /** From start to answer, all model calls included. Default: half a minute. */
  readonly timeoutMs?: number;
  readonly judgement: z.ZodType<Judgement>;
  readonly sources: readonly SourceId[];
  /** What other agents hand it; it takes nothing of them where this is left out. */
  readonly takes?: z.ZodType<JsonObject>;
  /**
   * In a sequence: whether it has a turn at all, by what those before it said and what they read. What it would say may then
   * be missing. Default: always. (A method: its parameters may be named as narrowly as the agents before it speak.)
   */
  when?(said: JsonObject, facts: Facts): boolean;
  /** Whether it may ask a person of the team a question in place of an answer. Default: no. */
  readonly mayAsk?: boolean;
}

const TIMEOUT_MS = 30_000;

/** The agents as the platform sees them: each with what it may do besides deciding, as its place in the pattern has it. */
export function agentsOf(declared: readonly AgentDeclaration<JsonObject, string>[], pattern: Pattern): Agent[] {
  const reachable = (ids: readonly string[]): Reachable =>
    declared.filter(({ id }) => ids.includes(id)).map(({ id, title, takes = null }) => ({ id, title, takes }));
  return declared.map(({ judgement: decides, takes = null, mayAsk = false, timeoutMs = TIMEOUT_MS, ...agent }) => {
    const choices: Choices = {
      delegates: reachable(pattern.kind === 'orchestrator' && pattern.leader === agent.id ? pattern.leads : []),
      handsTo: reachable(pattern.kind === 'hand-off' ? (pattern.routes[agent.id] ?? []) : []),
      mayAsk,
    };
    const judgement = hasChoice(choices) ? answerForm(decides, choices) : decides;
    return { ...agent, timeoutMs, decides, takes, judgement, hasChoice: hasChoice(choices) };
  });
}
