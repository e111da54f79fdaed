import type { ParsedMail } from '../../domain/mail/parsed-mail.ts';
import { referencesIn, referenceTo } from '../../domain/mail/quoted-reference.ts';
import { looksLikeTag, tagsInReferences } from '../../domain/mail/reply-address.ts';
import { actionDigestOf, readReplyTag, type TagTarget } from '../../domain/mail/reply-tag.ts';
import type { ReplyStore } from '../../ports/index.ts';

export interface NamingPorts {
  readonly inbound: { readonly domain: string };
  readonly replies: Pick<ReplyStore, 'referenced'>;
  /** The key of tags and references. */
  readonly replyKey: () => Promise<string>;
}

/** What a mail says that it answers, before anything is asked about who says so. */
export type Named =
  | { readonly kind: 'nothing' }
  /** It names something, and nothing of ours. */
  | { readonly kind: 'false' }
  /** `doubt` is why it is not to be believed although it is ours. */
  | { readonly kind: 'action'; readonly target: TagTarget; readonly doubt: string | null };

const NOTHING: Named = { kind: 'nothing' };
const FALSE: Named = { kind: 'false' };

/**
 * By the tag of the address that it came to, else by the nearest of those in the mails that it names, and only where it has
 * none of them by the reference that it quotes: text is handed on further than headers are. Looks up one reference at most.
 */
export async function whatItNames(
  ports: NamingPorts,
  {
    label,
    mail,
    receivedAt,
  }: { readonly label: string | null; readonly mail: ParsedMail; readonly receivedAt: string },
): Promise<Named> {
  const tags = looksLikeTag(label) ? [label] : tagsInReferences(mail, ports.inbound.domain);
  if (tags.length === 0) return quoted(ports, mail, Date.parse(receivedAt));
  const key = await ports.replyKey();
  for (const tag of tags) {
    const target = readReplyTag(key, tag);
    if (target !== null) return { kind: 'action', target, doubt: null };
  }
  return FALSE;
}

async function quoted({ replies, replyKey }: NamingPorts, mail: ParsedMail, receivedAtMs: number): Promise<Named> {
  const [reference, other] = referencesIn(mail);
  if (reference === undefined) return NOTHING;
  const kept = await replies.referenced(reference);
  // Whoever can write into the table has not the key.
  if (kept === null || referenceTo(await replyKey(), kept) !== reference) return FALSE;
  const target = { caseId: kept.caseId, actionDigest: actionDigestOf(kept.actionId) };
  if (other !== undefined) {
    return { kind: 'action', target, doubt: 'the mail quotes two references, so it is not known what it answers' };
  }
  const isOver = receivedAtMs >= kept.expiresAtMs;
  const doubt = isOver ? `the mail quotes a reference of case ${kept.caseId}, and the time of it is over` : null;
  return { kind: 'action', target, doubt };
}
