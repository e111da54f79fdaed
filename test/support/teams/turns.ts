import type { DueTurn, JsonObject, TurnResult } from '../../../shared/contracts/index.ts';
import type { Findings } from '../../../shared/domain/patterns/findings.ts';
import type { Coordination } from '../../../shared/domain/patterns/plan.ts';
import type { ModelAnswer, Models, Question } from '../../../shared/ports/index.ts';
import { aTurn } from '../domain-examples.ts';
import { modelAnswer } from '../lead-case.ts';

/** A confident answer of one agent, without any readings; failed where there is no judgement. */
export function said(agent: string, judgement: JsonObject | null, changes: Partial<TurnResult> = {}): TurnResult {
  const status = judgement === null ? ('failed' as const) : ('answered' as const);
  return aTurn({ agent, judgement, status, readings: [], confidence: judgement === null ? 0 : 0.9, ...changes });
}

export const decides = (judgement: JsonObject): JsonObject => ({ next: 'decide', judgement });
export const delegates = (...turns: readonly [string, JsonObject | null][]): JsonObject => ({
  next: 'delegate',
  turns: turns.map(([agent, handOver]) => ({ agent, handOver })),
});
export const handsTo = (to: string, handOver: JsonObject): JsonObject => ({ next: 'hand-over', to, handOver });
export const asks = (question: string): JsonObject => ({ next: 'ask', question });

/** What agents say, by id: made of the question alone, so that a turn that runs again says the same. */
export type Voices = Readonly<Record<string, (question: Question) => JsonObject>>;

/** Models that answer as each agent would. @throws where an agent has no voice. */
export class AgentModels implements Models {
  readonly questions: Question[] = [];
  readonly #voices: Voices;

  constructor(voices: Voices) {
    this.#voices = voices;
  }

  async judge(question: Question): Promise<ModelAnswer> {
    this.questions.push(question);
    const { agent } = question;
    const voice = this.#voices[agent.id];
    if (voice === undefined) throw new Error(`${agent.id} has nothing to say`);
    const judgement = agent.judgement.parse(voice(question));
    return modelAnswer(judgement, { confidence: 0.9 });
  }
}

export function dueIn(coordination: Coordination): readonly DueTurn[] {
  return coordination.kind === 'turns' ? coordination.turns : [];
}

/** @throws where turns are due. */
export function findingsIn(coordination: Coordination): Findings {
  if (coordination.kind === 'turns') throw new Error(`turns are due: ${JSON.stringify(coordination.turns)}`);
  return coordination.findings;
}

export function codesIn(coordination: Coordination): readonly string[] {
  return findingsIn(coordination).reasons.map(({ code }) => code);
}
