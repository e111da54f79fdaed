import { oneLine } from './mail-layout.ts';
import { outcomeWords } from './outcome.ts';
import { taskOf } from './request-mail.ts';
import type { RequestView } from './request-view.ts';
import { votesSoFar } from './standing-section.ts';
import { fullMoment } from './when.ts';

/** What a channel shows of a question. It leads to the inbox; no answer can be given there. */
export type CardWords = { readonly title: string; readonly lines: readonly string[] };

export function cardWords(view: RequestView): CardWords {
  const { title, lines } = view.state === 'open' ? openWords(view) : settledWords(view);
  return { title: oneLine(title, LONGEST), lines: lines.map((line) => oneLine(line, LONGEST)) };
}

/** Characters of a line. */
const LONGEST = 300;

function openWords(view: RequestView): CardWords {
  const votes = votesSoFar(view);
  return {
    title: `${shadowWords(view)}${view.question}`,
    lines: [
      ...aboutLine(view),
      ...(votes === '' ? [] : [votes]),
      `Answer by ${fullMoment(view.deadlineMs, view.timeZone)}. Without an answer: ${view.atDeadline}.`,
      fromLine(view),
    ],
  };
}

function settledWords(view: RequestView): CardWords {
  const { word, now } = outcomeWords(view);
  const who = view.answer === null ? 'nobody' : view.answer.by;
  const whose = view.answer?.onBehalfOf ? `${who} for ${view.answer.onBehalfOf}` : who;
  return {
    title: `${shadowWords(view)}${word}: ${taskOf(view).replace(/^Yes or no\? /, '')}`,
    lines: [
      ...aboutLine(view),
      `Answered by ${whose}, ${fullMoment(view.answer?.atMs ?? view.deadlineMs, view.timeZone)}. Nothing to do.`,
      now,
      fromLine(view),
    ],
  };
}

function shadowWords({ effect, isShadow }: RequestView): string {
  if (effect !== 'nothing') return '';
  return isShadow ? 'Shadow (executes nothing): ' : 'Executes nothing: ';
}

function aboutLine({ subject }: RequestView): string[] {
  return subject === '' ? [] : [`About: ${subject}`];
}

function fromLine({ workflow }: RequestView): string {
  return `${workflow.title}, ${workflow.team}`;
}
