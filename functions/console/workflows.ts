import { membershipOf } from '../../shared/domain/team-members.ts';
import {
  type ReadStandingsPorts,
  readStandings,
  type Standing,
} from '../../shared/operations/console/read-standings.ts';
import { type ReadWorkflowPorts, readWorkflow } from '../../shared/operations/console/read-workflow.ts';
import { type ListShapesPorts, listShapes } from '../../shared/operations/list-shapes.ts';
import { mayRevoke } from '../../shared/operations/revoke-shape.ts';
import { renderWorkflowPage } from '../../shared/pages/console/workflow-page.ts';
import { renderWorkflowsPage, type WorkflowCard } from '../../shared/pages/console/workflows-page.ts';
import type { Page } from '../../shared/pages/page-shell.ts';
import { placeOf } from '../people/answering.ts';
import { frameOf } from '../people/frame.ts';
import type { SignedIn } from '../triggers/browser.ts';
import { readerOf } from '../triggers/signed-in.ts';

export type WorkflowPagePorts = ReadWorkflowPorts & ListShapesPorts;

/** All workflows that somebody may read, at a glance. */
export async function workflowsPage(ports: ReadStandingsPorts, signedIn: SignedIn): Promise<Page> {
  const standings = await readStandings.run(ports, { reader: readerOf(signedIn.session) });
  return renderWorkflowsPage(standings.map(cardOf), placeOf('.', signedIn));
}

/** How one workflow stands and by which figures; null where there is none, or it is another team's. */
export async function workflowPage(ports: WorkflowPagePorts, signedIn: SignedIn, id: string): Promise<Page | null> {
  const reader = readerOf(signedIn.session);
  const [read, shapes] = await Promise.all([
    readWorkflow.run(ports, { workflow: id, reader }),
    listShapes.run(ports, { workflow: id }),
  ]);
  if (read.kind !== 'read') return null;
  const { standing, autonomy, reviewers, evaluations } = read.value;
  const { ledgerCaseId, isAllPaused, ...settings } = read.value.settings;
  const { workflow, latest } = standing;
  return renderWorkflowPage({
    ...frameOf(ports, signedIn, '..'),
    ...{ id, title: workflow.title, summary: workflow.summary, team: workflow.team.name, owner: workflow.team.owner },
    membership: membershipOf(workflow, reader.person),
    ...{ settings, isAllPaused, ledgerCaseId, latest, reviewers, evaluations },
    ...{ gates: autonomy.gates, segments: autonomy.segments },
    remembered: (shapes ?? [])
      .filter(({ ended }) => ended === null)
      .map((shape) => ({ ...shape, mayRevoke: mayRevoke(shape, workflow, reader.person) })),
  });
}

function cardOf({ workflow, paused, phases, latest }: Standing): WorkflowCard {
  const { id, title, summary, team } = workflow;
  return { id, title, summary, team: team.name, paused, phases, latest };
}
