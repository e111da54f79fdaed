import * as z from 'zod';
import { type Answer, html, seeOther } from './answer.ts';
import { cardsOf, effectsOf } from './effects.ts';
import { dropFile, fileContent, shownBuckets } from './files/buckets.ts';
import { droppedIn } from './files/drop-form.ts';
import { filePage, filesPage } from './files/page.ts';
import { InboundRequest, inboundQuery, receiveInbound } from './inbound-mail.ts';
import { indexPage } from './index-page.ts';
import { parseBody, required, type SurfaceInput } from './input.ts';
import { mailPage } from './mail-page.ts';
import type { SurfaceParts } from './parts.ts';
import { ReplyRequest, replyToMail } from './reply.ts';
import { channelLines, channelPage } from './sandbox/channels.ts';
import { crmContacts, crmPage } from './sandbox/crm.ts';
import { donePage } from './sandbox/done-page.ts';
import { standInMails } from './sandbox/stand-in-mails.ts';
import { SenderStyle, signWebhook } from './sign.ts';

/** Answers with a value that becomes JSON, or with a whole answer. */
export type SurfaceCall = (parts: SurfaceParts, input: SurfaceInput) => object | Promise<object | Answer>;

const MOST_MAILS = 1000;

/** Calls that the form of a page may send. All others take JSON, whatever it is called: curl calls everything a form. */
export const TAKES_FORMS: ReadonlySet<string> = new Set(['POST /mail/reply', 'POST /mail/inbound']);

/** Calls that take a mail as it is written, of the type `message/rfc822`. */
export const TAKES_MAILS: ReadonlySet<string> = new Set(['POST /mail/inbound']);

/** Calls that take a form with a file in it. */
export const TAKES_FILES: ReadonlySet<string> = new Set(['POST /files/drop']);

/** Every call of the surface by method and path below `/_local`. */
export const SURFACE_CALLS: Readonly<Record<string, SurfaceCall>> = {
  'GET /': () => html(indexPage()),
  'POST /token': async ({ signin }, input) => {
    const { token, expiresAtMs } = await signin.issueToken(parseBody(input, TokenRequest));
    return { token, tokenType: 'Bearer', expiresAt: new Date(expiresAtMs).toISOString() };
  },
  'GET /jwks': ({ signin }) => signin.jwks(),
  'POST /sign': async (parts, input) => await signWebhook(parts, parseBody(input, SignRequest)),
  'GET /mail': ({ caughtMails }, { query }) => caughtMails({ to: query.get('to'), limit: MOST_MAILS }),
  'GET /mail/stand-ins': async (parts) => [...(await standInMails(parts))],
  'GET /mail/': async (parts, { query }) => {
    const mails = parts.caughtMails({ to: query.get('to'), limit: MOST_MAILS });
    return html(mailPage(mails, await standInMails(parts), parts.addressesForMail()));
  },
  'POST /mail/inbound': async (parts, input) => {
    const told = await receiveInbound(
      parts,
      input.raw === null ? parseBody(input, InboundRequest) : inboundQuery(input.query, input.raw),
    );
    return input.isForm ? seeOther('/_local/mail/') : told;
  },
  'POST /mail/reply': async (parts, input) => {
    const told = await replyToMail(parts, parseBody(input, ReplyRequest));
    return input.isForm ? seeOther('/_local/mail/') : told;
  },
  'POST /erase': async ({ eraseTexts }, input) => await eraseTexts(parseBody(input, EraseRequest).texts),
  'GET /effects': async (parts, input) => await effectsOf(parts, required(input, 'caseId')),
  'GET /effects/': async (parts) => html(await donePage(parts)),
  'GET /channels': async (parts) => await channelLines(parts),
  'GET /channels/': async (parts) => html(await channelPage(parts)),
  'GET /crm': async (parts) => await crmContacts(parts),
  'GET /crm/': async (parts) => html(await crmPage(parts)),
  'GET /files': async (parts) => await shownBuckets(parts),
  'GET /files/': async (parts) => html(filesPage(await shownBuckets(parts))),
  'GET /files/show': async (parts, input) =>
    html(filePage(await fileContent(parts, required(input, 'bucket'), required(input, 'key')))),
  'POST /files/drop': async (parts, { raw, contentType }) => {
    await dropFile(parts, await droppedIn(raw ?? Buffer.alloc(0), contentType));
    return seeOther('/_local/files/');
  },
  'GET /cards': async (parts, input) => await cardsOf(parts, required(input, 'caseId')),
  'GET /meter': ({ meter }, { query }) => meter.report(query.get('caseId') ?? undefined),
  'GET /access': ({ access }) => access(),
  'GET /alarms': ({ alarms }) => alarms() as object,
  'GET /metrics': ({ metrics }) => metrics() as object,
  'GET /clock': ({ clock }) => timeOf(clock),
  'POST /clock': async ({ clock }, input) => {
    const { advanceSeconds } = parseBody(input, ClockRequest);
    await clock.advance(advanceSeconds * 1000);
    return timeOf(clock);
  },
};

function timeOf(clock: SurfaceParts['clock']): object {
  return { now: new Date(clock.now()).toISOString() };
}

const TokenRequest = z.strictObject({ user: z.string().min(1), groups: z.array(z.string()).default([]) });

const SignRequest = z.strictObject({
  workflow: z.string().min(1),
  /** The exact text that will be sent, or a value that will be sent as `JSON.stringify` writes it. */
  body: z.json(),
  /** The event's id; default a new one. The same id again makes a duplicate. */
  id: z.string().min(1).optional(),
  style: SenderStyle.optional(),
  trigger: z.string().min(1).optional(),
  url: z.url().optional(),
});

/** Shorter texts stand in what has nothing to do with them. */
const EraseRequest = z.strictObject({ texts: z.array(z.string().trim().min(3)).min(1).max(100) });

const ClockRequest = z.strictObject({ advanceSeconds: z.number().min(0) });
