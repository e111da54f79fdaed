import type { TicketDecision, TicketJudgement } from './ticket.ts';

/** An article as the knowledge base gave it. */
export interface ReadArticle {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

type Draft = Pick<TicketDecision, 'reply' | 'cites' | 'wording'>;

/**
 * The reply that would go out: the agent's own where it wrote one; else the first article, word for word, where it
 * answers the ticket; else none. Nothing is made up here, and nothing of the ticket is repeated.
 */
export function replyFor({ reply, articleAnswers }: TicketJudgement, articles: readonly ReadArticle[]): Draft {
  if (reply !== undefined) return { reply: reply.text, cites: reply.cites, wording: 'agent' };
  const [best] = articles;
  if (!articleAnswers || best === undefined) return { reply: '', cites: [], wording: 'none' };
  return { reply: articleReply(best), cites: [best.id], wording: 'article' };
}

function articleReply({ title, text }: ReadArticle): string {
  return [
    'Hello,',
    '',
    `thank you for writing to us. Our help article "${title}" says:`,
    '',
    text,
    '',
    'If this does not answer your question, reply to this message and a person will read it.',
    '',
    'Kind regards,',
    'The support team',
  ].join('\n');
}

/** What the reply rests on, and nobody read for it. */
export function unreadCitations({ cites }: Pick<Draft, 'cites'>, articles: readonly ReadArticle[]): string[] {
  return cites.filter((id) => !articles.some((article) => article.id === id));
}

const ADDRESSES = /\bhttps?:\/\/\S+|\bwww\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+/gi;

/** Links and mail addresses in the reply that stand in none of the articles that it cites. */
export function strangeAddresses({ reply, cites }: Pick<Draft, 'reply' | 'cites'>, articles: readonly ReadArticle[]) {
  const cited = articles.filter(({ id }) => cites.includes(id)).map(({ text }) => text);
  return (reply.match(ADDRESSES) ?? []).filter((address) => !cited.some((text) => text.includes(address)));
}
