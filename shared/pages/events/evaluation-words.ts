import type { CaseEvent } from '../../contracts/index.ts';

export type EvaluationEvent = Extract<CaseEvent, { type: 'evaluation-started' | 'evaluation-recorded' }>;

/** Whether an event tells of a measurement of a workflow. */
export function isOfEvaluation(event: CaseEvent): event is EvaluationEvent {
  return event.type === 'evaluation-started' || event.type === 'evaluation-recorded';
}

export function evaluationWords(event: EvaluationEvent): string {
  if (event.type === 'evaluation-recorded') {
    const { agreed, decisions } = event.evaluation;
    return `${event.by} put an evaluation on record: ${agreed} of ${decisions} right`;
  }
  const { by, versions, set, evaluationId } = event;
  const cases = `${set.examples} cases, digest ${set.digest}`;
  return `${by} had version ${versions.workflow} measured on ${set.name} (${cases}): evaluation ${evaluationId}`;
}
