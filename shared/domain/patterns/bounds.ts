import type { Bounds } from '../../authoring/index.ts';
import type { Reason } from '../../contracts/index.ts';
import type { Waves } from './plan.ts';

/** Why `more` turns may not be planned; null where they may. */
export function boundReached(most: Bounds, waves: Waves, more: number): Reason | null {
  const turns = waves.flat();
  if (turns.length + more > most.turns) {
    return {
      code: 'cap:agent-turns',
      text: `The agents have had ${turns.length} of ${most.turns} turns: a person decides.`,
    };
  }
  const calls = turns.reduce((sum, { attempts, readings }) => sum + 1 + attempts.length + readings.length, 0);
  if (calls >= most.calls) {
    return { code: 'cap:agent-calls', text: `The agents have made ${calls} of ${most.calls} calls: a person decides.` };
  }
  const costUsd = turns.reduce((sum, { usage }) => sum + usage.costUsd, 0);
  if (costUsd >= most.costUsd) {
    const text = `The agents have cost ${costUsd.toFixed(2)} of ${most.costUsd.toFixed(2)} USD: a person decides.`;
    return { code: 'cap:agent-cost', text };
  }
  return null;
}
