import type { TicketDecision, TicketJudgement } from './ticket.ts';

type Judged = Pick<TicketJudgement, 'kind' | 'impact' | 'concern'>;

/** Who goes on with a ticket. What follows from other answers belongs in rules, so no agent judges it. */
export function teamOf({ kind, concern }: Judged, isAboutOurBill: boolean): TicketDecision['team'] {
  if (concern === 'legal') return 'accounts';
  if (kind === 'bug' || concern === 'security') return 'engineering';
  if (kind === 'feature-request') return 'product';
  return isAboutOurBill ? 'accounts' : 'support';
}

/**
 * | what | priority |
 * |---|---|
 * | many people or the whole company are stopped | urgent |
 * | somebody is stopped, data is lost, security is at stake | high |
 * | a bug, law, an angry customer | normal |
 * | the rest | low |
 */
export function priorityOf({ kind, impact, concern }: Judged): TicketDecision['priority'] {
  if (impact === 'many-stopped') return 'urgent';
  if (impact === 'stopped' || concern === 'lost-data' || concern === 'security') return 'high';
  return kind === 'bug' || concern !== 'none' ? 'normal' : 'low';
}

/** A question or mistake that an article answers, while nobody is held up and nothing else is the matter. */
export function isTier1({ kind, articleAnswers, impact, concern }: TicketJudgement, cites: readonly string[]): boolean {
  const isEasy = kind === 'question' || kind === 'user-error';
  return isEasy && articleAnswers && cites.length > 0 && priorityOf({ kind, impact, concern }) === 'low';
}

/** The article's own words go out at once, an agent's words are held, and what is no tier 1 is asked. */
export function replyAction(isTier1: boolean, wording: TicketDecision['wording']) {
  if (!isTier1) return 'send-reply';
  return wording === 'article' ? 'answer-tier-1' : 'send-worded-reply';
}
