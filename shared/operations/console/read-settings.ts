import type { Workflow } from '../../authoring/index.ts';
import type { Settings } from '../../contracts/index.ts';
import { governanceCaseId } from '../../domain/governance-case.ts';
import type { SettingsStore, StoredSettings } from '../../ports/index.ts';
import { settingsNow } from '../current-settings.ts';
import { operation } from '../operation.ts';
import { type FindWorkflow, ifReadable, type Readable, WorkflowRead } from './readable.ts';

export interface ReadSettingsPorts extends FindWorkflow {
  readonly settings: Pick<SettingsStore, 'get'>;
}

export interface SettingsView extends Settings {
  /** The case whose ledger tells of every change. */
  readonly ledgerCaseId: string;
  /** Everything is switched off. */
  readonly isAllPaused: boolean;
}

export const readSettings = operation({
  name: 'read-settings',
  input: WorkflowRead,
  run: (ports: ReadSettingsPorts, asked): Promise<Readable<SettingsView>> =>
    ifReadable(ports, asked, async (workflow) => settingsView(await ports.settings.get(workflow.id), workflow)),
});

export function settingsView(stored: StoredSettings, workflow: Workflow): SettingsView {
  const { isAllPaused } = stored;
  return { ...settingsNow(stored, workflow), ledgerCaseId: governanceCaseId(workflow.id), isAllPaused };
}
