import type { Workflow } from '../../authoring/index.ts';
import type { Action, JsonObject, Shape } from '../../contracts/index.ts';
import { isSumReached } from '../../domain/plan-actions.ts';
import { isAskedByTier, releasedActions } from '../../domain/release.ts';
import type { Clock, ShapeStore, Telemetry } from '../../ports/index.ts';
import { requesterOf } from '../requester-of.ts';
import type { Advance } from '../step-contracts.ts';
import type { Round } from './round.ts';

/**
 * The actions of a round, those that a remembered yes covers with leave to go ahead. Nothing is read where nothing is
 * asked. Whether the yes still holds is checked again right before each action, and its use is counted there.
 */
export async function releaseActions(
  ports: { readonly shapes: ShapeStore; readonly clock: Clock; readonly telemetry: Telemetry },
  {
    workflow,
    advance,
    known,
  }: { readonly workflow: Workflow; readonly advance: Advance; readonly known: readonly Action[] },
  {
    actions,
    segment,
    phase,
    planned,
  }: Pick<Round, 'actions' | 'segment' | 'phase'> & { readonly planned: readonly Action[] },
): Promise<readonly Action[]> {
  const mayBeReleased = (action: Action): boolean => {
    const definition = workflow.actions[action.action];
    if (definition === undefined || phase === null) return false;
    const isSum = isSumReached(definition.approveFrom, action, [...known, ...planned]);
    return isAskedByTier(action, definition, phase) && !isSum && definition.connector.effect !== 'irreversible';
  };
  if (!actions.some(mayBeReleased)) return actions;
  const shapes = await rememberedFor(ports, workflow.id);
  const { input, problems } = advance.pinned;
  const requestedBy = problems.length === 0 ? requesterOf(workflow, input as JsonObject) : null;
  const case_ = { segment, input, requestedBy };
  return releasedActions(actions, shapes, { workflow, mayBeReleased, case: case_, nowMs: ports.clock.nowMs() });
}

/** A yes that cannot be read is none: people are asked then. */
async function rememberedFor(
  { shapes, telemetry }: { readonly shapes: ShapeStore; readonly telemetry: Telemetry },
  workflow: string,
): Promise<readonly Shape[]> {
  try {
    return await shapes.ofWorkflow(workflow);
  } catch (error) {
    telemetry.count('Errors', 1, workflow);
    telemetry.log('shapes-unread', { workflow, error: error instanceof Error ? error.name : 'unknown' });
    return [];
  }
}
