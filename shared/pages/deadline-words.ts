import { capital } from './field-labels.ts';
import type { RequestView } from './request-view.ts';
import { clockTime, distance, fullMoment } from './when.ts';

/** How the end of the time is spoken of, on page and mail. */
export type DeadlineWords = {
  /** Before the moment, in the strip and the facts of a mail. */
  readonly label: string;
  /** Heads what comes without an answer. */
  readonly otherwise: string;
  readonly without: string;
  /** The one sentence that the kind hangs on; empty where the question says it all. */
  readonly headline: string;
  /** Heads the reasons. */
  readonly why: string;
  /** Below the buttons. */
  readonly foot: string;
  /** On the link that jumps to the form. */
  readonly jump: string;
  /** How long ago that was: `asked 2 min ago`. */
  readonly since: string;
  /** Who would do it, or did. */
  readonly who: string;
};

/** What is held or done already is no question that waits for an answer: what comes of it stands first. */
export function deadlineWords(view: RequestView): DeadlineWords {
  const { kind, deadlineMs, nowMs, timeZone, atDeadline } = view;
  const clock = clockTime(deadlineMs, nowMs, timeZone);
  const whole = `${fullMoment(deadlineMs, timeZone)} (${distance(deadlineMs, nowMs)})`;
  switch (kind) {
    case 'hold-action':
      return {
        ...{ label: 'Goes out', otherwise: 'Unless you stop it', without: capital(atDeadline) },
        headline: `Goes out ${/^\d/.test(clock) ? 'at ' : ''}${clock} unless you stop it.`,
        why: 'Why you are told',
        foot: `Goes out on ${whole} unless somebody stops it.`,
        ...{ jump: 'Stop it', since: 'told', who: 'Workflow' },
      };
    case 'undo-action':
      return {
        ...{ label: 'Can be taken back until', otherwise: 'Unless you take it back', without: capital(atDeadline) },
        headline: `Done. You can take it back until ${clock}.`,
        why: 'Why you are told',
        foot: `Can be taken back until ${whole}; after that it stays done.`,
        ...{ jump: 'Take it back', since: 'told', who: 'Workflow' },
      };
    default:
      return {
        ...{ label: 'Answer by', otherwise: 'Without an answer', without: capital(atDeadline), headline: '' },
        why: 'Why you are asked',
        foot: `Without an answer by ${whole}: `,
        ...{ jump: 'Answer', since: 'asked', who: 'Asked by' },
      };
  }
}
