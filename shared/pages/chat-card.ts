import { deadlineWords } from './deadline-words.ts';
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
  const { label, otherwise } = deadlineWords(view);
  return {
    title: `${shadowWords(view)}${view.question}`,
    lines: [
      ...aboutLine(view),
      ...(votes === '' ? [] : [votes]),
      `${label} ${fullMoment(view.deadlineMs, view.timeZone)}. ${otherwise}: ${view.atDeadline}.`,
      fromLine(view),
    ],
  };
}

function settledWords(view: RequestView): CardWords {
  const { word, now } = outcomeWords(view);
  return {
    title: `${shadowWords(view)}${word}: ${taskOf(view).replace(/^Yes or no\? /, '')}`,
    lines: [...aboutLine(view), ...answeredLine(view), `${now} Nothing to do.`, fromLine(view)],
  };
}

function answeredLine({ answer, timeZone }: RequestView): string[] {
  if (answer === null) return [];
  const who = answer.onBehalfOf === null ? answer.by : `${answer.by} for ${answer.onBehalfOf}`;
  return [`Answered by ${who}, ${fullMoment(answer.atMs, timeZone)}.`];
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
