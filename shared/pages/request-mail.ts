import type { RequestKind } from '../contracts/index.ts';
import { SCRIPTED_WORDS } from './agent-words.ts';
import { deadlineWords } from './deadline-words.ts';
import { type Mail, mail, oneLine } from './mail-layout.ts';
import type { RequestView } from './request-view.ts';
import { votesSoFar } from './standing-section.ts';
import { distance, fullMoment } from './when.ts';

/** Where a person answers, and how it is known that it is they. */
export type Invitation = {
  /** The request page, with the secret of this person's link. */
  readonly link: string;
  readonly code: string;
  readonly personName?: string;
};

/** Says that something is asked, of whom and until when. The matter itself stays behind the link. */
export function requestMail(view: RequestView, invitation: Invitation): Mail {
  return invitationMail(view, invitation, { lead: '', first: [openingOf(view)] });
}

/** The same question again, with the time that is left. */
export function reminderMail(view: RequestView, invitation: Invitation): Mail {
  const left = distance(view.deadlineMs, view.nowMs).replace(/^in /, '');
  return invitationMail(view, invitation, {
    lead: 'Reminder: ',
    first: [openingOf(view), `Nobody has answered yet. ${left} are left.`],
  });
}

/** Another code for the same link, because somebody asked for one on the page. */
export function newCodeMail(view: RequestView, invitation: Invitation): Mail {
  return invitationMail(view, invitation, {
    lead: 'New code: ',
    first: [openingOf(view), 'You asked for a new code. The one that you had no longer works.'],
  });
}

function invitationMail(
  view: RequestView,
  { link, code, personName }: Invitation,
  { lead, first }: { lead: string; first: readonly string[] },
): Mail {
  const task = taskOf(view);
  const { label, otherwise, without, who } = deadlineWords(view);
  const needsCode = view.proof === 'mail-code';
  const about = view.subject === '' ? '' : ` · ${oneLine(view.subject, 60)}`;
  const shadow =
    view.effect === 'nothing' ? (view.isShadow ? 'Shadow (executes nothing): ' : 'Executes nothing: ') : '';
  return mail({
    subject: `${lead}${shadow}${oneLine(task, 60)}${about}`,
    heading: task,
    isShadow: view.effect === 'nothing',
    paragraphs: [
      ...(view.onBehalfOf === null ? [] : [`You are asked for ${view.onBehalfOf}, who is away and named you.`]),
      ...(personName ? [`Hello ${oneLine(personName, 60)},`] : []),
      ...first,
      ...votesNote(view),
      ...nothingNote(view),
      ...view.cautions.filter((caution) => caution === SCRIPTED_WORDS),
    ],
    facts: [
      ...(view.subject === '' ? [] : [['About', oneLine(view.subject, 120)] as const]),
      [who, `${view.workflow.title}, ${view.workflow.team}`],
      [label, `${fullMoment(view.deadlineMs, view.timeZone)} (${distance(view.deadlineMs, view.nowMs)})`],
      [otherwise.replace(' an ', ' '), without],
    ],
    link: { url: link, words: LINK_WORDS[view.kind] ?? 'Read and answer' },
    code: needsCode ? code : null,
    small: needsCode
      ? `Opening the link decides nothing. The code is yours alone: do not pass it on. Sent to ${view.person} because the team ${view.workflow.team} owns this workflow.`
      : `Opening the link decides nothing. To answer you sign in. Sent to ${view.person} because the team ${view.workflow.team} owns this workflow.`,
  });
}

const LINK_WORDS: Readonly<Partial<Record<RequestKind, string>>> = {
  'review-decision': 'Read and review',
  'spot-check': 'Look at it',
  'second-review': 'Read and decide',
  'hold-action': 'Read, or stop it',
  'undo-action': 'Read, or take it back',
};

/** What is asked, without anything that the case says. */
export function taskOf({ kind, workflow, action }: RequestView): string {
  const about = action?.title ?? workflow.title;
  switch (kind) {
    case 'approve-action':
      return `Yes or no? ${about}`;
    case 'decide-case':
      return `Decide a case: ${workflow.title}`;
    case 'review-decision':
      return `Review a decision: ${workflow.title}`;
    case 'second-review':
      return `What would you decide? ${workflow.title}`;
    case 'spot-check':
      return `Was it right? ${workflow.title}`;
    case 'hold-action':
      return `Goes out soon: ${about}`;
    case 'undo-action':
      return `Done: ${about}`;
    case 'change-phase':
      return `More freedom? ${workflow.title}`;
  }
}

function openingOf(view: RequestView): string {
  const asks = {
    'approve-action': 'would do this, and needs a yes or a no from you.',
    'decide-case': 'hands a case over to you.',
    'review-decision': 'decided a case and asks what you would have decided.',
    'second-review': 'is measured, and asks what you would have decided, on your own.',
    'spot-check': 'decided a case by itself some days ago, and asks whether that was right.',
    'hold-action': `will do this by itself. ${deadlineWords(view).headline}`,
    'undo-action': `did this by itself, as your team allows. ${deadlineWords(view).headline.replace('Done. ', '')}`,
    'change-phase': 'has shown figures that would let it do more on its own.',
  } as const;
  return `${view.workflow.title} ${asks[view.kind]}`;
}

function votesNote(view: RequestView): string[] {
  const votes = votesSoFar(view);
  return votes === '' ? [] : [`Several people have to agree: ${votes} so far.`];
}

function nothingNote(view: RequestView): string[] {
  return view.effect === 'nothing'
    ? ['Whatever you answer, nothing will be executed. Your answer is compared with the agent’s.']
    : [];
}
