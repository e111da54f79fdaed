import type { Labelled } from '../../evals/run/labelled.ts';
import type { CaseResult } from '../../evals/run/result.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { DecisionRecord, Reading } from '../../shared/contracts/index.ts';
import { compareDecisions, tolerancesOf } from '../../shared/domain/agreement.ts';
import { caseIdOf } from '../../shared/domain/case-id.ts';
import { lessonOf } from '../../shared/operations/history/lesson-of.ts';
import { applyLesson, MemoryHistoryStore } from '../../test/support/memory-history-store.ts';
import { memoryTables } from '../../test/support/memory-tables.ts';
import { aRecord } from '../../test/support/stored-records.ts';

/** Of the cases decided without a person, one in so many is looked at all the same. */
const SPOT_CHECKED = 10;

/**
 * People who give the right answer to every case that they are asked about and to one in ten of the others, taking turns.
 * What that teaches is found and stored by the code of production, in memory.
 */
export class PeopleWhoSettle {
  readonly history: MemoryHistoryStore;
  readonly #tables = memoryTables();
  readonly #people: readonly string[];
  #settled = 0;
  #alone = 0;

  constructor(people: readonly string[]) {
    this.#people = people;
    this.history = new MemoryHistoryStore(this.#tables);
  }

  async settle(workflow: Workflow, example: Labelled, result: CaseResult): Promise<void> {
    if (result.isAlone) this.#alone += 1;
    if (result.isAlone && this.#alone % SPOT_CHECKED !== 0) return;
    const by = this.#people[this.#settled % this.#people.length] ?? null;
    this.#settled += 1;
    const record = answered(workflow, example, { result, by });
    if (record === null) return;
    const read = Object.entries(example.input.sources).map(
      ([source, data]): Reading => ({ source, status: 'complete', readAtMs: 0, tookMs: 0, data, problems: [] }),
    );
    const case_ = { id: record.caseId, input: example.input.input, readings: read, problems: [] };
    applyLesson(this.#tables, await lessonOf(this.history, { workflow, case_, record, atMs: this.#settled }));
  }
}

/** The record of a case whose decision a person has confirmed, or put right; null where the agents had none. */
function answered(
  workflow: Workflow,
  { id, expected }: Labelled,
  { result, by }: { readonly result: CaseResult; readonly by: string | null },
): DecisionRecord | null {
  const { decision: agentDecision } = result;
  if (agentDecision === null) return null;
  const personDecision = { ...agentDecision, ...expected };
  const caseId = caseIdOf({ workflow: workflow.id, trigger: 'bench', eventId: id });
  const compared = compareDecisions(agentDecision, personDecision, tolerancesOf(workflow));
  return aRecord({ caseId, workflow: workflow.id, agentDecision, personDecision, by, compared });
}
