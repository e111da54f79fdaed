import type { CaseEvent } from '../../contracts/index.ts';

export type CheckEvent = Extract<
  CaseEvent,
  { type: 'spot-checks-drawn' | 'spot-check-answered' | 'second-review-planned' | 'second-review-given' }
>;

const OF_CHECK: ReadonlySet<CaseEvent['type']> = new Set<CheckEvent['type']>([
  'spot-checks-drawn',
  'spot-check-answered',
  'second-review-planned',
  'second-review-given',
]);

export function isOfCheck(event: CaseEvent): event is CheckEvent {
  return OF_CHECK.has(event.type);
}

/** What is looked at afterwards, and by two people on their own, in one line. */
export function checkWords(event: CheckEvent): string {
  switch (event.type) {
    case 'spot-checks-drawn': {
      const of = event.strata.reduce((sum, { cases }) => sum + cases, 0);
      return `${event.cases.length} of ${of} cases of ${event.day} drawn for a spot-check`;
    }
    case 'spot-check-answered': {
      const said = event.isRight ? 'right' : `wrong (${event.fields.join(', ')})`;
      return `spot-check: ${event.by} says that it was ${said} (proved by ${event.proof}); it stands for ${event.weight.toFixed(1)} cases`;
    }
    case 'second-review-planned':
      return `${event.person} is asked too, without seeing what others say`;
    case 'second-review-given': {
      const said = event.agrees ? 'as the agents did' : 'otherwise than the agents';
      return `${event.by} decided ${said} in a second review (proved by ${event.proof})`;
    }
  }
}
