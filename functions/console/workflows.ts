import { membershipOf } from '../../shared/domain/team-members.ts';
import {
  type ReadStandingsPorts,
  readStandings,
  type Standing,
} from '../../shared/operations/console/read-standings.ts';
import { type ListEvaluationsPorts, listEvaluations } from '../../shared/operations/evaluations/list-evaluations.ts';
import { type ListShapesPorts, listShapes } from '../../shared/operations/list-shapes.ts';
import {
  type ReadAutonomyPorts,
  readAutonomy,
  readReviewers,
  readSettings,
} from '../../shared/operations/read-autonomy.ts';
import { mayRevoke } from '../../shared/operations/revoke-shape.ts';
import { type Page, renderWorkflowPage, renderWorkflowsPage, type WorkflowCard } from '../../shared/pages/index.ts';
import { placeOf } from '../people/answering.ts';
import { frameOf } from '../people/frame.ts';
import type { SignedIn } from '../triggers/browser.ts';
import { readerOf } from '../triggers/signed-in.ts';

export type WorkflowsPagePorts = ReadStandingsPorts & ReadAutonomyPorts & ListEvaluationsPorts & ListShapesPorts;

/** All workflows that somebody may read, at a glance. */
export async function workflowsPage(ports: WorkflowsPagePorts, signedIn: SignedIn): Promise<Page> {
  const standings = await readStandings.run(ports, { reader: readerOf(signedIn.session) });
  return renderWorkflowsPage(standings.map(cardOf), placeOf('.', signedIn));
}

/** How one workflow stands and by which figures; null where there is none, or it is another team's. */
export async function workflowPage(ports: WorkflowsPagePorts, signedIn: SignedIn, id: string): Promise<Page | null> {
  const reader = readerOf(signedIn.session);
  const asked = { workflow: id, reader };
  const [[standing], settings, autonomy, reviewers, evaluations, shapes] = await Promise.all([
    readStandings.run(ports, { reader, only: id }),
    readSettings.run(ports, asked),
    readAutonomy.run(ports, asked),
    readReviewers.run(ports, asked),
    listEvaluations.run(ports, { workflow: id, reader }),
    listShapes.run(ports, { workflow: id }),
  ]);
  if (standing === undefined || settings.kind !== 'read' || autonomy.kind !== 'read') return null;
  const { ledgerCaseId, isAllPaused, ...current } = settings.value;
  const { workflow, latest } = standing;
  return renderWorkflowPage({
    ...frameOf(ports, signedIn, '..'),
    ...{ id, title: workflow.title, summary: workflow.summary, team: workflow.team.name, owner: workflow.team.owner },
    membership: membershipOf(workflow, reader.person),
    ...{ settings: current, isAllPaused, ledgerCaseId, latest },
    ...{ gates: autonomy.value.gates, segments: autonomy.value.segments },
    reviewers: reviewers.kind === 'read' ? reviewers.value : [],
    remembered: (shapes ?? [])
      .filter(({ ended }) => ended === null)
      .map((shape) => ({ ...shape, mayRevoke: mayRevoke(shape, workflow, reader.person) })),
    evaluations: evaluations.kind === 'listed' ? evaluations.runs : [],
  });
}

function cardOf({ workflow, paused, phases, latest }: Standing): WorkflowCard {
  const { id, title, summary, team } = workflow;
  return { id, title, summary, team: team.name, paused, phases, latest };
}
