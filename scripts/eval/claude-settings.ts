import type { ChosenModels, ClaudeTierName } from '../../evals/run/choose-models.ts';

/** The Claude model behind each tier. */
export const CLAUDE_MODELS: Readonly<Record<ClaudeTierName, string>> = {
  fast: 'claude-haiku-5-5',
  smart: 'claude-sonnet-5-5',
  deep: 'claude-opus-5-5',
};

/** How Claude is reached from this terminal: ANTHROPIC_API_KEY, and REMIT_ANTHROPIC_BASE_URL for another server of its kind. */
export function claudeSettings(environment = process.env): Pick<ChosenModels, 'apiKey' | 'baseUrl'> {
  const given = (name: string): string | null => {
    const value = environment[name];
    return value === undefined || value === '' ? null : value;
  };
  return { apiKey: given('ANTHROPIC_API_KEY'), baseUrl: given('REMIT_ANTHROPIC_BASE_URL') };
}
