import type { Action, Answer } from '../contracts/index.ts';
import { type Mail, mail, oneLine } from './mail-layout.ts';
import { outcomeWords } from './outcome.ts';
import { taskOf } from './request-mail.ts';
import type { RequestView } from './request-view.ts';
import { fullMoment } from './when.ts';

/** Tells everybody who was asked how it ended: who decided what and when. There is nothing left to press. */
export function settledMail(view: RequestView, { link }: { readonly link?: string } = {}): Mail {
  const { word, now } = outcomeWords(view);
  const { answer } = view;
  const task = taskOf(view).replace(/^Yes or no\? /, '');
  return mail({
    subject: `${word}: ${oneLine(task, 60)}${view.subject === '' ? '' : ` · ${oneLine(view.subject, 60)}`}`,
    heading: `${word}: ${task}`,
    isShadow: view.effect === 'nothing',
    paragraphs: [now, 'There is nothing left for you to do.'],
    facts: [
      ...(view.subject === '' ? [] : [['About', oneLine(view.subject, 120)] as const]),
      ['Answered by', answer === null ? 'nobody' : whoAnswered(answer)],
      ['When', fullMoment(answer?.atMs ?? view.deadlineMs, view.timeZone)],
      ['Workflow', `${view.workflow.title}, ${view.workflow.team}`],
    ],
    link: link === undefined ? null : { url: link, words: 'See what was decided' },
    code: null,
    small: `Sent to ${view.person} because the question was asked of you.`,
  });
}

function whoAnswered({ by, onBehalfOf }: Answer): string {
  return onBehalfOf === null ? by : `${by} for ${onBehalfOf}`;
}

/** What a mail of the notify tier is made from. */
export type ToldParts = {
  readonly action: Action;
  readonly workflow: {
    readonly title: string;
    readonly team: string;
    readonly subject?: string;
    readonly timeZone?: string;
  };
  readonly caseId: string;
  readonly doneAtMs: number;
  /** Where the case can be seen; left out where there is no such place. */
  readonly link?: string;
};

/** Tells a team what was done without asking: which action, to whom, when. Arguments stay behind the link. */
export function toldMail({ action, workflow, caseId, doneAtMs, link }: ToldParts): Mail {
  const { subject = '', timeZone = 'UTC' } = workflow;
  return mail({
    subject: `Done: ${oneLine(action.title, 60)}${subject === '' ? '' : ` · ${oneLine(subject, 60)}`}`,
    heading: `Done: ${action.title}`,
    isShadow: false,
    paragraphs: [`${workflow.title} did this by itself, as your team allows. You are told so that you can look at it.`],
    facts: [
      ...(subject === '' ? [] : [['About', oneLine(subject, 120)] as const]),
      ['Done', fullMoment(doneAtMs, timeZone)],
      ['Workflow', `${workflow.title}, ${workflow.team}`],
      ['Case', caseId.slice(0, 8)],
    ],
    link: link === undefined ? null : { url: link, words: 'See what was done' },
    code: null,
    small: `Sent because the team ${workflow.team} owns this workflow and wants to be told of this action.`,
  });
}
