import type { Answer, RequestKind, Verb } from '../contracts/index.ts';
import type { RequestView } from './request-view.ts';

/** How a request ended, in words for page and mail. */
export type OutcomeWords = {
  readonly tone: 'yes' | 'no' | 'none';
  /** `Approved`, `Rejected`, `Expired`, ... */
  readonly word: string;
  /** What happens now, one sentence. */
  readonly now: string;
};

/** Words for an open request speak of it as still waiting. */
export function outcomeWords(view: RequestView): OutcomeWords {
  if (view.state === 'expired' && view.kind === 'hold-action') return afterHold(view);
  if (view.state === 'expired' && view.kind === 'undo-action') return stillDone(view);
  if (view.state === 'expired')
    return { tone: 'none', word: 'Expired', now: `Nobody answered in time: ${view.atDeadline}.` };
  if (view.state === 'cancelled') return { tone: 'none', word: 'Withdrawn', now: withdrawn(view) };
  if (view.answer === null) return { tone: 'none', word: 'Waiting', now: 'Nobody has answered yet.' };
  return { ...ended(view.answer, view), now: nowText(view.answer, view) };
}

/** Its time is over: it went out, or something kept it back. */
function afterHold({ action }: RequestView): OutcomeWords {
  switch (action?.state) {
    case 'done':
      return { tone: 'yes', word: 'Gone out', now: 'Nobody stopped it in its time, and it went out.' };
    case 'taken-back':
      return { tone: 'no', word: 'Taken back', now: 'It went out, and was taken back later.' };
    case 'refused':
      return { tone: 'no', word: 'Not sent', now: 'It was checked again and refused, so it did not go out.' };
    case 'held':
    case 'intended':
      return {
        tone: 'none',
        word: 'On its way',
        now: 'Nobody stopped it in its time. It is checked once more and goes out, once.',
      };
    default:
      return {
        tone: 'none',
        word: 'Kept back',
        now: 'It did not go out by itself: something has changed, and a person is asked.',
      };
  }
}

function withdrawn({ kind, action }: RequestView): string {
  if (kind !== 'undo-action') return 'The question was withdrawn. Nothing is done.';
  return action?.state === 'taken-back'
    ? 'It was taken back in another way.'
    : 'It is being taken back in another way, so there is nothing to decide here.';
}

function stillDone({ action }: RequestView): OutcomeWords {
  return action?.state === 'taken-back'
    ? { tone: 'no', word: 'Taken back', now: 'It was taken back later, in another way.' }
    : { tone: 'yes', word: 'Stays done', now: 'Nobody took it back in time.' };
}

function ended({ verb }: Answer, { kind }: RequestView): { tone: OutcomeWords['tone']; word: string } {
  return { tone: TONES[verb], word: WORDS[kind]?.[verb] ?? USUAL[verb] };
}

const TONES = { approve: 'yes', edit: 'yes', reject: 'no', respond: 'none', 'take-over': 'none' } as const;

const USUAL: Readonly<Record<Verb, string>> = {
  approve: 'Approved',
  edit: 'Approved with changes',
  reject: 'Rejected',
  respond: 'Answered',
  'take-over': 'Taken over',
};

const WORDS: Readonly<Partial<Record<RequestKind, Partial<Record<Verb, string>>>>> = {
  'decide-case': { approve: 'Decided as drafted', edit: 'Decided', reject: 'Closed without a decision' },
  'review-decision': { approve: 'Agreed', edit: 'Corrected', reject: 'Disagreed', respond: 'Commented' },
  'second-review': { edit: 'Reviewed' },
  'spot-check': { approve: 'Agreed', edit: 'Corrected', reject: 'Disagreed' },
  'hold-action': { approve: 'Sent at once', reject: 'Stopped' },
  'undo-action': { approve: 'Left as it is', reject: 'Taken back' },
  'change-phase': { approve: 'More freedom given', reject: 'Left as it is' },
};

function nowText(answer: Answer, view: RequestView): string {
  if (view.effect === 'nothing') return 'The answer is recorded. Nothing was executed, and nothing will be.';
  if (view.kind === 'undo-action' && answer.verb === 'reject') return takenBack(view);
  if (view.kind === 'undo-action') return 'It stays as it is.';
  if (TONES[answer.verb] !== 'yes' || view.kind === 'change-phase') {
    return view.verbs.find(({ verb }) => verb === answer.verb)?.consequence ?? 'It is not done.';
  }
  if (view.kind === 'decide-case')
    return 'The case goes on with this decision. What follows from it keeps its own rules.';
  switch (view.action?.state) {
    case 'done':
      return 'It is done.';
    case 'refused':
      return 'It was checked again and refused, so it was not done.';
    case 'unsure':
      return 'It was started, and nobody knows whether it took effect. A person is asked; it is not repeated by itself.';
    default:
      return 'It is checked once more and then done, once.';
  }
}

function takenBack({ action }: RequestView): string {
  return action?.state === 'taken-back'
    ? 'What takes it back was done, once.'
    : 'What takes it back is on its way: it is checked once more and then done, once.';
}
