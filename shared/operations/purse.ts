import type { Workflow } from '../authoring/index.ts';
import type { Settings } from '../contracts/index.ts';
import { capWords, limitOf } from '../domain/caps.ts';
import { microUsd, spendCounts } from '../domain/spending.ts';
import type { Budget, Clock, Purse, Reserved, SettingsStore, Spender } from '../ports/index.ts';
import { currentSettings } from './current-settings.ts';

export interface PursePorts {
  readonly budget: Budget;
  readonly settings: SettingsStore;
  readonly clock: Clock;
}

/** The money of one turn under the limits of today, which are read when the first call is about to be paid for. */
export function purseOf(ports: PursePorts, workflow: Workflow, of: Spender): Purse {
  let reading: Promise<Settings> | null = null;
  return {
    async reserve(mostUsd: number): Promise<Reserved> {
      if (workflow.caps.every(({ counts }) => counts !== 'model-cost')) return FREE;
      reading ??= currentSettings(ports.settings, workflow);
      const settings = await reading;
      const nowMs = ports.clock.nowMs();
      const counts = spendCounts(workflow, settings, mostUsd, nowMs);
      const full = await ports.budget.reserve(of, counts, nowMs);
      if (full !== null) return refused(workflow, settings, full);
      return {
        kind: 'reserved',
        settle: async (spentUsd) => {
          const spent = microUsd(spentUsd);
          const corrections = counts.map(({ cap, day, amount }) => ({ cap, day, amount: spent - amount }));
          await ports.budget.settle(of, corrections, ports.clock.nowMs());
        },
      };
    },
  };
}

const FREE: Reserved = { kind: 'reserved', settle: async () => undefined };

function refused({ caps }: Workflow, settings: Settings, capId: string): Reserved {
  const cap = caps.find(({ id }) => id === capId);
  const limit = cap === undefined ? '' : `${capWords(cap, limitOf(cap, settings))} `;
  return { kind: 'refused', cap: capId, words: `${limit}There is not enough left for this question to a model.` };
}
