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
  if (view.state === 'expired')
    return { tone: 'none', word: 'Expired', now: `Nobody answered in time: ${view.atDeadline}.` };
  if (view.state === 'cancelled')
    return { tone: 'none', word: 'Withdrawn', now: 'The question was withdrawn. Nothing is done.' };
  if (view.answer === null) return { tone: 'none', word: 'Waiting', now: 'Nobody has answered yet.' };
  return { ...ended(view.answer, view), now: nowText(view.answer, view) };
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
  'hold-action': { approve: 'Sent at once', reject: 'Stopped' },
  'undo-action': { approve: 'Left as it is', reject: 'Taken back' },
  'change-phase': { approve: 'More freedom given', reject: 'Left as it is' },
};

function nowText(answer: Answer, view: RequestView): string {
  if (view.effect === 'nothing') return 'The answer is recorded. Nothing was executed, and nothing will be.';
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
