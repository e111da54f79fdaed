import type { Tier } from '../../shared/models/answer.ts';
import { cascade } from '../../shared/models/cascade.ts';
import { claudeLater } from '../../shared/models/claude-later.ts';
import type { ClaudePorts } from '../../shared/models/claude-tier.ts';
import { learnedTier } from '../../shared/models/learned-tier.ts';
import type { Assets, Clock, HistoryStore, Models } from '../../shared/ports/index.ts';

export const CLAUDE_TIERS = ['fast', 'smart', 'deep'] as const;
export type ClaudeTierName = (typeof CLAUDE_TIERS)[number];
export type TierName = 'learned' | ClaudeTierName;

export interface ChosenModels extends Pick<ReachedModels, 'scripted'> {
  readonly tiers: readonly TierName[];
  /** Id of the Claude model of a tier. */
  readonly claudeModels: Readonly<Record<ClaudeTierName, string>>;
  readonly apiKey: string | null;
  readonly baseUrl: string | null;
}

export interface ModelPorts {
  readonly clock: Clock;
  /** Instructions, and the learned model that may score the example. */
  readonly assets: Assets;
  /** What people confirmed while cases came; left out, the learned model stays as it was trained, whatever came before. */
  readonly history?: HistoryStore;
}

/** Why these tiers cannot be run together; null where they can. */
export function tiersProblem({ tiers, apiKey }: Pick<ChosenModels, 'tiers' | 'apiKey'>): string | null {
  const claude = tiers.filter((tier) => tier !== 'learned');
  if (tiers.length === 0) return 'Name at least one tier: learned, fast, smart or deep.';
  if (claude.length > 0 && apiKey === null) return `The tier ${claude[0]} asks Claude: set ANTHROPIC_API_KEY.`;
  return null;
}

/** The cascade of the deployment, of the tiers that were chosen, as this machine reaches them. */
export function chosenModels({ apiKey, ...chosen }: ChosenModels, ports: ModelPorts): Models {
  const secrets = { webhookSecrets: async () => [], anthropicApiKey: async () => apiKey };
  return modelsOf({ ...chosen, signer: null, secrets }, ports);
}

export interface ReachedModels extends Pick<ClaudePorts, 'secrets' | 'baseUrl' | 'signer'> {
  readonly tiers: readonly TierName[];
  /** Id of the Claude model of a tier; null where there is none. */
  readonly claudeModels: Readonly<Record<ClaudeTierName, string | null>>;
  /** Where no model is configured for an agent that has such a tier. */
  readonly scripted?: Tier;
}

/** The cascade of the deployment, of the tiers that were chosen. */
export function modelsOf({ tiers, claudeModels, scripted, ...reached }: ReachedModels, ports: ModelPorts): Models {
  const claude = (tier: ClaudeTierName): Tier =>
    claudeLater({ ...ports, ...reached, model: tiers.includes(tier) ? claudeModels[tier] : null });
  return cascade({
    learned: tiers.includes('learned') ? learnedTier(ports.assets, ports.history) : async () => null,
    ...{ fast: claude('fast'), smart: claude('smart'), deep: claude('deep') },
    ...(scripted === undefined ? {} : { scripted }),
  });
}
