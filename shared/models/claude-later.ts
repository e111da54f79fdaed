import type { Tier } from './answer.ts';
import type { ClaudePorts } from './claude-tier.ts';

/** `claudeTier`, loaded with the SDK of Claude's maker at the first question: most are answered by a cheaper tier. */
export function claudeLater(ports: ClaudePorts): Tier {
  return async (question, asked) => {
    if (ports.model === null) return null;
    const { claudeTier } = await import('./claude-tier.ts');
    return claudeTier(ports)(question, asked);
  };
}
