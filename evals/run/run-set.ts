import type { Workflow } from '../../shared/authoring/index.ts';
import type { Models } from '../../shared/ports/index.ts';
import { evaluateCase } from './evaluate-case.ts';
import type { Labelled } from './labelled.ts';
import type { RunMoney } from './money-cap.ts';
import type { ReplayPorts } from './replay.ts';
import type { CaseResult } from './result.ts';

export interface SetRun extends Omit<ReplayPorts, 'models' | 'budget'> {
  readonly workflow: Workflow;
  /** Without those that an earlier try of the run has done. */
  readonly examples: readonly Labelled[];
  readonly foldOf: (id: string) => number | null;
  /** The models that may score an example: never one that was trained on it. */
  readonly modelsOf: (fold: number | null) => Models;
  readonly money: RunMoney;
  readonly concurrency: number;
  /** As each comes; what was handed over here is kept when the run breaks off. The next one waits for it. */
  readonly onResult: (result: CaseResult) => unknown;
}

/** Runs examples side by side. @returns ids of those that were left because the money ran out. */
export async function runSet(run: SetRun): Promise<readonly string[]> {
  const { workflow, foldOf, modelsOf, money, clock, versions } = run;
  const waiting = [...run.examples];
  const left: string[] = [];
  const work = async (): Promise<void> => {
    for (let example = waiting.shift(); example !== undefined; example = waiting.shift()) {
      if (money.isReached) {
        left.push(example.id);
        continue;
      }
      const fold = foldOf(example.id);
      const ports = { models: modelsOf(fold), budget: money, clock, versions };
      const result = await evaluateCase(ports, workflow, example, fold);
      // It failed because of the run's own cap, and says nothing of the agents.
      if (money.isReached && result.status === 'failed') left.push(example.id);
      else await run.onResult(result);
    }
  };
  await Promise.all(Array.from({ length: run.concurrency }, work));
  return left;
}
