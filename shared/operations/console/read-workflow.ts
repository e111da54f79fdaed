import type { EvaluationRun } from '../../contracts/index.ts';
import type { ReviewerQuality } from '../../domain/reviewer-quality.ts';
import type { EvaluationStore } from '../../ports/index.ts';
import { latestEvaluations } from '../evaluations/list-evaluations.ts';
import { operation } from '../operation.ts';
import { type AutonomyView, autonomyView, type ReadAutonomyPorts } from './read-autonomy.ts';
import { reviewersOf } from './read-reviewers.ts';
import { type SettingsView, settingsView } from './read-settings.ts';
import { type Standing, type StandingPorts, standingOf } from './read-standings.ts';
import { ifReadable, type Readable, WorkflowRead } from './readable.ts';

export type ReadWorkflowPorts = ReadAutonomyPorts &
  StandingPorts & { readonly evaluations: Pick<EvaluationStore, 'latest'> };

export interface WorkflowRecord {
  readonly standing: Standing;
  readonly settings: SettingsView;
  readonly autonomy: AutonomyView;
  readonly reviewers: readonly ReviewerQuality[];
  /** Newest first. */
  readonly evaluations: readonly EvaluationRun[];
}

/** All that is known of how one workflow does, under settings that are read once for all of it. */
export const readWorkflow = operation({
  name: 'read-workflow',
  input: WorkflowRead,
  run: (ports: ReadWorkflowPorts, asked): Promise<Readable<WorkflowRecord>> =>
    ifReadable(ports, asked, async (workflow) => {
      const settings = settingsView(await ports.settings.get(workflow.id), workflow);
      const [standing, autonomy, reviewers, evaluations] = await Promise.all([
        standingOf(ports, workflow, settings),
        autonomyView(ports, workflow, settings),
        reviewersOf(ports, workflow, asked.reader),
        latestEvaluations(ports.evaluations, workflow.id),
      ]);
      return { standing, settings, autonomy, reviewers, evaluations };
    }),
});
