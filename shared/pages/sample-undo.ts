import type { Action, Answer, PersonRequest } from '../contracts/index.ts';
import type { RequestParts } from './request-view.ts';
import { action, request, sampleNowMs } from './sample-lead.ts';
import { hotLead, settledLead } from './sample-requests.ts';

const MINUTE_MS = 60_000;

const workflow = { ...hotLead.workflow, consequences: {} };

/** The hot lead's mail, held for ten minutes of which two are over. */
export const heldLead: RequestParts = {
  ...hotLead,
  workflow,
  request: {
    ...request,
    kind: 'hold-action',
    question: 'Send a meeting mail: Maria Lindqvist, Nordvind AB. Stop it?',
    reasons: ['It goes out by itself once the time is over. People are told first, so that they can stop it.'],
    verbs: ['approve', 'reject'],
    openedAtMs: sampleNowMs - 2 * MINUTE_MS,
    remindAtMs: sampleNowMs + 8 * MINUTE_MS,
    deadlineMs: sampleNowMs + 8 * MINUTE_MS,
  },
  action: { ...action, mode: 'hold', state: 'held' },
};

/** The same mail, sent without asking, with a day in which it can be taken back. */
export const toldLead: RequestParts = {
  ...heldLead,
  request: {
    ...heldLead.request,
    kind: 'undo-action',
    question: 'Send a meeting mail: Maria Lindqvist, Nordvind AB. Take it back?',
    reasons: ['It was done without asking. People are told, so that they can take it back.'],
    remindAtMs: sampleNowMs + 24 * 60 * MINUTE_MS,
    deadlineMs: sampleNowMs + 24 * 60 * MINUTE_MS,
  },
  action: { ...action, mode: 'perform-and-tell', state: 'done' },
};

/** How either of them ended. */
export function endedAs(
  parts: RequestParts,
  request: Pick<PersonRequest, 'state'> & { readonly verb?: Answer['verb'] },
  state: Action['state'],
): RequestParts {
  const { verb } = request;
  const given = settledLead.request.answer;
  const answer = verb === undefined || given === null ? null : { ...given, verb, edits: null, reason: '' };
  return {
    ...parts,
    request: { ...parts.request, state: request.state, answer },
    action: parts.action && { ...parts.action, state },
  };
}
