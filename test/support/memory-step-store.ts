import { Case, TurnResult } from '../../shared/contracts/index.ts';
import type { CaseWithTurns, StepStore, StoredTurn, TurnKey } from '../../shared/ports/index.ts';
import { type MemoryTables, turnKeyIn } from './memory-tables.ts';

/** What steps leave for each other, in memory. */
export class MemoryStepStore implements StepStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async withTurns(caseId: string, turns: readonly TurnKey[]): Promise<CaseWithTurns> {
    const text = this.#tables.cases.get(caseId);
    return {
      case: text === undefined ? null : Case.parse(JSON.parse(text)),
      turns: turns.map((turn) => this.#turn(turnKeyIn(caseId, turn))),
    };
  }

  #turn(key: string): StoredTurn | null {
    const text = this.#tables.steps.get(key);
    return text === undefined ? null : JSON.parse(text);
  }

  async keepTurn(caseId: string, turn: TurnKey, result: TurnResult): Promise<TurnResult> {
    const key = turnKeyIn(caseId, turn);
    const kept = this.#turn(key);
    const first = kept?.result ?? null;
    if (first !== null) return TurnResult.parse(first);
    this.#tables.steps.set(key, JSON.stringify({ handOver: kept?.handOver ?? null, result }));
    return result;
  }

  async noteProblem(caseId: string, about: string, words: string): Promise<void> {
    this.#tables.steps.set(`${caseId}/problem#${about}`, words);
  }

  async problem(caseId: string, about: string): Promise<string | null> {
    return this.#tables.steps.get(`${caseId}/problem#${about}`) ?? null;
  }
}
