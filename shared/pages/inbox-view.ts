import { createHash } from 'node:crypto';
import type { RequestKind, Verb } from '../contracts/index.ts';
import { gistOf } from './gist.ts';
import type { Place, RequestView } from './request-view.ts';

/** What somebody is asked, of all workflows. */
export type InboxView = {
  readonly person: string;
  readonly place: Place;
  /** Soonest first, each as its page shows it. */
  readonly requests: readonly RequestView[];
  /** Whether more is open than was looked at. */
  readonly isMore: boolean;
  /** Whether the person may start cases by hand. */
  readonly mayStart?: boolean;
  readonly away: AwayView;
  readonly timeZone: string;
  readonly nowMs: number;
};

/** What is known of the person's own absence, and who may stand in. */
export type AwayView = {
  readonly absence: { readonly fromMs: number; readonly untilMs: number; readonly delegate: string | null } | null;
  readonly colleagues: readonly string[];
  /** What was wrong with what was typed; empty for nothing. */
  readonly problem: string;
  readonly typed: Readonly<Record<'from' | 'until' | 'delegate', string>> | null;
};

/** Verbs of the list; the others need the page of the question. */
export const LIST_VERBS: readonly Verb[] = ['approve', 'reject'];

/** Kinds of which the list shows all that a yes or a no means. */
const LIST_KINDS: ReadonlySet<RequestKind> = new Set([
  'approve-action',
  'decide-case',
  'review-decision',
  'spot-check',
]);

/** Whether a question can be answered from the list: not where its page says something that has to be read first. */
export function isForList(view: RequestView): boolean {
  const isProved = view.answering.kind === 'signed-in' && LIST_KINDS.has(view.kind);
  // A review where the person decides first shows no decision to agree with.
  const isShown = Object.keys(view.draft).length > 0;
  return isProved && isShown && view.changes.length === 0 && view.verbs.some(({ verb }) => LIST_VERBS.includes(verb));
}

/** SHA-256 of what the list shows of a question. */
export function listSeen(view: RequestView): string {
  const { requestId, digest, question, reasons, cautions, draft, deadlineMs, effect } = view;
  const gist = gistOf(view.decision);
  const confidence = view.decision?.confidence?.percent ?? null;
  const shown = { place: 'inbox', requestId, digest, question, reasons, cautions, draft, deadlineMs, effect };
  return createHash('sha256')
    .update(JSON.stringify({ ...shown, gist, confidence }))
    .digest('hex');
}
