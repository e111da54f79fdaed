import * as z from 'zod';
import type { Agent } from '../../authoring/index.ts';
import { JsonObject, type TurnResult } from '../../contracts/index.ts';

/** What an agent says in its turn. */
export type NextStep =
  | { readonly kind: 'decides'; readonly judgement: JsonObject }
  | { readonly kind: 'delegates'; readonly turns: readonly Passed[] }
  | { readonly kind: 'hands-over'; readonly to: Passed }
  | { readonly kind: 'asks'; readonly question: string }
  | { readonly kind: 'nothing' };

/** To whom something is given, and what. */
export interface Passed {
  readonly agent: string;
  readonly handOver: JsonObject | null;
}

const handOver = JsonObject.nullable();

/** The form that answer-form.ts puts around what an agent decides. */
const Chosen = z.discriminatedUnion('next', [
  z.object({ next: z.literal('decide'), judgement: JsonObject }),
  z.object({ next: z.literal('delegate'), turns: z.array(z.object({ agent: z.string(), handOver })) }),
  z.object({ next: z.literal('hand-over'), to: z.string(), handOver }),
  z.object({ next: z.literal('ask'), question: z.string() }),
]);

/** An answer that is not in the agent's form says nothing. */
export function nextStepOf(agent: Agent | undefined, turn: TurnResult | undefined): NextStep {
  if (agent === undefined || turn === undefined || turn.judgement === null) return { kind: 'nothing' };
  if (!agent.hasChoice) return { kind: 'decides', judgement: turn.judgement };
  const chosen = Chosen.safeParse(turn.judgement);
  if (!chosen.success) return { kind: 'nothing' };
  switch (chosen.data.next) {
    case 'decide':
      return { kind: 'decides', judgement: chosen.data.judgement };
    case 'delegate':
      return { kind: 'delegates', turns: chosen.data.turns };
    case 'hand-over':
      return { kind: 'hands-over', to: { agent: chosen.data.to, handOver: chosen.data.handOver } };
    case 'ask':
      return { kind: 'asks', question: chosen.data.question };
  }
}

/** What an agent decided; null for anything else that it said. */
export function judgementOf(agent: Agent | undefined, turn: TurnResult | undefined): JsonObject | null {
  const step = nextStepOf(agent, turn);
  return step.kind === 'decides' ? step.judgement : null;
}
