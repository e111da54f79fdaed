import type { Workflow } from '../authoring/index.ts';
import type { Settings } from '../contracts/index.ts';
import type { SettingsStore, StoredSettings } from '../ports/index.ts';

/** The settings of a workflow as they are now: the owner's, or the workflow's own while nobody has changed any. */
export async function currentSettings(settings: Pick<SettingsStore, 'get'>, workflow: Workflow): Promise<Settings> {
  return settingsNow(await settings.get(workflow.id), workflow);
}

export function settingsNow({ own, isAllPaused }: StoredSettings, workflow: Workflow): Settings {
  const current = own ?? defaultSettings(workflow);
  return { ...current, paused: current.paused || isAllPaused };
}

/** What an owner changes: the workflow's own settings, without the switch for all. `from`: where a change must begin. */
export async function ownSettings(
  settings: SettingsStore,
  workflow: Workflow,
): Promise<{ readonly settings: Settings; readonly from: number | null }> {
  const { own } = await settings.get(workflow.id);
  return { settings: own ?? defaultSettings(workflow), from: own?.revision ?? null };
}

/** What holds until an owner changes it. */
export function defaultSettings(workflow: Workflow): Settings {
  const { phase, minimumConfidence } = workflow.rollout;
  return {
    ...{ workflow: workflow.id, revision: 0, phase, paused: false, minimumConfidence },
    ...{ segments: {}, partialShare: 1, caps: {}, coolDownUntilMs: {} },
    ...{ earnedUnder: {}, phaseSinceMs: {}, versionPolicy: 'restart', evaluations: [] },
  };
}
