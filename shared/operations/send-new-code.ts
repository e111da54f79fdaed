import * as z from 'zod';
import { linkKeyOf } from '../domain/case-id.ts';
import type { Ids, Mailer, Telemetry } from '../ports/index.ts';
import { codeHashOf, sendOne, TRIES } from './mail-request.ts';
import { isOver, LinkSecret, type OpenedLink, type OpenLinkPorts, openLink } from './open-link.ts';
import { operation } from './operation.ts';

const SendNewCode = z.object({ secret: LinkSecret });

export interface SendNewCodePorts extends OpenLinkPorts {
  readonly mailer: Mailer;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
  readonly publicUrl: string;
}

export type NewCodeReceipt =
  | { readonly kind: 'sent' | 'too-many' | 'settled'; readonly opened: OpenedLink }
  | { readonly kind: 'unknown' };

const MOST_CODES = 3;
const WITHIN_MS = 3_600_000;

/**
 * Mails a new code to whom the link was mailed, and to nobody else. The old code is dead once it is stored. At most three
 * go out in an hour, so that a link that got about fills nobody's mailbox and gains nobody more than a few guesses.
 */
export const sendNewCode = operation({
  name: 'send-new-code',
  input: SendNewCode,
  async run(ports: SendNewCodePorts, { secret }): Promise<NewCodeReceipt> {
    const opened = await openLink.run(ports, { secret });
    if (opened === null) return { kind: 'unknown' };
    const { link, view, loaded } = opened;
    if (view.state !== 'open' || isOver(view)) return { kind: 'settled', opened };
    const nowMs = ports.clock.nowMs();
    const from = link.codesSentAtMs ?? [];
    const recent = from.filter((atMs) => atMs > nowMs - WITHIN_MS);
    if (recent.length >= MOST_CODES) return { kind: 'too-many', opened };
    const code = ports.ids.code();
    const renewal = { codeHash: codeHashOf(link.key, code), triesLeft: TRIES, codesSentAtMs: [...recent, nowMs], from };
    // Somebody else's wish for a new code came first, and theirs is on its way.
    if (!(await ports.requests.renewCode(linkKeyOf(secret), renewal))) return { kind: 'sent', opened };
    const { newCodeMail } = await import('../pages/request-mail.ts');
    const mail = newCodeMail(view, { link: `${ports.publicUrl}/r/${secret}`, code });
    await sendOne(ports, loaded.request, { to: [link.person], bcc: [], ...mail });
    ports.telemetry.log('code-renewed', { caseId: loaded.case.id, requestId: loaded.request.id });
    return { kind: 'sent', opened: { ...opened, link: { ...link, ...renewal } } };
  },
});
