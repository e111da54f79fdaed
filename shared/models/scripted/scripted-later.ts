import type { Tier } from '../answer.ts';
import type { ScriptedPorts } from './scripted-tier.ts';

/** `scriptedTier`, loaded with the first turn that it may play: where there is a model it never is. */
export function scriptedLater(ports: ScriptedPorts): Tier {
  return async (question, asked) => {
    if (!(await ports.mayPlay())) return null;
    const { scriptedTier } = await import('./scripted-tier.ts');
    return scriptedTier(ports)(question, asked);
  };
}
