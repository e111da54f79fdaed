import { oneLine } from './mail-layout.ts';
import { outcomeWords } from './outcome.ts';
import { taskOf } from './request-mail.ts';
import type { RequestView } from './request-view.ts';
import { votesSoFar } from './standing-section.ts';
import { fullMoment } from './when.ts';

/** What a channel shows of a question. It leads to the inbox; no answer can be given there. */
export type CardWords = { readonly title: string; readonly lines: readonly string[] };

export function cardWords(view: RequestView): CardWords {
  const shadow =
    view.effect === 'nothing' ? (view.isShadow ? 'Shadow (executes nothing): ' : 'Executes nothing: ') : '';
  const about = view.subject === '' ? [] : [`About: ${oneLine(view.subject, 120)}`];
  const from = `${view.workflow.title}, ${view.workflow.team}`;
  if (view.state === 'open') {
    const votes = votesSoFar(view);
    return {
      title: `${shadow}${oneLine(view.question, 200)}`,
      lines: [
        ...about,
        ...(votes === '' ? [] : [votes]),
        `Answer by ${fullMoment(view.deadlineMs, view.timeZone)}. Without an answer: ${oneLine(view.atDeadline, 200)}.`,
        from,
      ],
    };
  }
  const { word, now } = outcomeWords(view);
  const who = view.answer === null ? 'nobody' : view.answer.by;
  const whose = view.answer?.onBehalfOf ? `${who} for ${view.answer.onBehalfOf}` : who;
  return {
    title: `${shadow}${word}: ${oneLine(taskOf(view).replace(/^Yes or no\? /, ''), 120)}`,
    lines: [
      ...about,
      `Answered by ${whose}, ${fullMoment(view.answer?.atMs ?? view.deadlineMs, view.timeZone)}. Nothing to do.`,
      now,
      from,
    ],
  };
}
