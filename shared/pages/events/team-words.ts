import type { CaseEvent, DueTurn, VoteCount } from '../../contracts/index.ts';

export type TeamEvent = Extract<CaseEvent, { type: 'votes-counted' | 'turns-planned' }>;

/** Whether an event tells how several agents work together. */
export function isOfTeam(event: CaseEvent): event is TeamEvent {
  return event.type === 'votes-counted' || event.type === 'turns-planned';
}

export function teamWords(event: TeamEvent): string {
  return event.type === 'votes-counted' ? voteWords(event.count) : event.turns.map(planWords).join('; ');
}

function voteWords({ rule, votes, carried }: VoteCount): string {
  const held = votes.map(({ agent, weight, position }) => {
    const words = position === null ? 'says nothing' : `votes ${JSON.stringify(position)}`;
    return `${agent} ${words}${rule === 'weighted' ? ` (weight ${weight})` : ''}`;
  });
  return `${rule} vote ${carried === null ? 'carries nothing' : 'is carried'}: ${held.join('; ')}`;
}

function planWords({ agent, purpose, from }: DueTurn): string {
  const others = from.join(', ');
  switch (purpose) {
    case 'first':
      return `${agent} begins`;
    case 'hand-over':
      return `${others} hands over to ${agent}`;
    case 'delegated':
      return `${others} gives work to ${agent}`;
    case 'report':
      return `${agent} gets the results of ${others}`;
    case 'debate':
      return `${agent} debates with ${others}`;
    case 'judge':
      return `${agent} judges between ${others}`;
    case 'again':
      return `${agent} goes on with the answer to its question`;
  }
}
