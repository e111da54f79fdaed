import type { Action, Case } from '../../contracts/index.ts';

/** How a case or an action stands, at a glance. */
export type StandWords = {
  /** `wait`: a person is asked, or it goes on by itself. */
  readonly tone: 'yes' | 'no' | 'none' | 'wait';
  readonly word: string;
};

export function caseWords({ state, outcome, personAsked, erasedAtMs }: Case): StandWords {
  if (erasedAtMs !== undefined) return { tone: 'none', word: 'Erased' };
  if (state === 'waiting') return { tone: 'wait', word: 'Waits for a person' };
  if (state === 'open' || outcome === null) return { tone: 'wait', word: 'Being worked on' };
  switch (outcome) {
    case 'done':
      return { tone: 'yes', word: personAsked ? 'Done, a person was asked' : 'Done, nobody was asked' };
    case 'refused':
      return { tone: 'no', word: 'A person said no' };
    case 'expired':
      return { tone: 'no', word: 'Not done: nobody answered' };
    case 'reviewed':
      return { tone: 'none', word: 'Reviewed, nothing was done' };
    case 'nothing-to-do':
      return { tone: 'none', word: 'Nothing to do' };
    case 'left-to-person':
      return { tone: 'none', word: 'Left to a person' };
    case 'undone':
      return { tone: 'no', word: 'Taken back' };
    case 'overturned':
      return { tone: 'no', word: 'Overturned' };
  }
}

export function actionWords({ state, mode }: Pick<Action, 'state' | 'mode'>): StandWords {
  switch (state) {
    case 'proposed':
      return mode === 'review' ? { tone: 'none', word: 'Would be done' } : { tone: 'wait', word: 'Proposed' };
    case 'asked':
      return { tone: 'wait', word: 'Waits for a yes' };
    case 'held':
      return { tone: 'wait', word: 'Held, can be stopped' };
    case 'approved':
      return { tone: 'wait', word: 'Approved' };
    case 'intended':
      return { tone: 'wait', word: 'About to be done' };
    case 'done':
      return { tone: 'yes', word: 'Done' };
    case 'refused':
      return { tone: 'no', word: 'Not done' };
    case 'unsure':
      return { tone: 'no', word: 'Nobody knows whether it was done' };
    case 'taken-back':
      return { tone: 'no', word: 'Taken back' };
  }
}
