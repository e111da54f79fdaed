import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { newTraceId } from '../endpoint/trace.ts';
import { AwsError } from '../kernel/errors.ts';
import { VERDICTS } from '../ses/index.ts';
import type { SurfaceParts } from './parts.ts';
import { writtenMail } from './written-mail.ts';

const Verdict = z.enum(VERDICTS).default('PASS');

const verdicts = { spf: Verdict, dkim: Verdict, dmarc: Verdict, spam: Verdict, virus: Verdict };

/** A mail that comes in: a small form of one, to be written out, or one as it is written, in base64. */
export const InboundRequest = z.union([
  z.strictObject({
    from: z.string().min(3).max(320),
    to: z.email(),
    subject: z.string().max(998).default(''),
    text: z.string().max(1_000_000).default(''),
    html: z.string().max(1_000_000).optional(),
    messageId: z.string().max(400).optional(),
    inReplyTo: z.string().max(400).optional(),
    /** The sender is not who it says: SPF, DKIM and DMARC fail. */
    forged: z.union([z.boolean(), z.literal('yes').transform(() => true)]).default(false),
    ...verdicts,
  }),
  z.strictObject({ raw: z.base64(), envelopeFrom: z.string(), envelopeTo: z.array(z.email()).min(1), ...verdicts }),
]);
export type InboundRequest = z.infer<typeof InboundRequest>;

/** A mail as `message/rfc822`; envelope and verdicts in the query: `?from=&to=&dmarc=FAIL`. */
export function inboundQuery(query: URLSearchParams, raw: Buffer): InboundRequest {
  const { from = '', to = '', ...rest } = Object.fromEntries(query);
  const parsed = InboundRequest.safeParse({
    ...rest,
    ...{ raw: raw.toString('base64'), envelopeFrom: from, envelopeTo: to === '' ? [] : to.split(',') },
  });
  if (parsed.success) return parsed.data;
  throw new AwsError(
    'BadRequest',
    'Give the envelope in the query, ?from=…&to=…, and verdicts as spf=FAIL where they fail.',
  );
}

/** Hands the mail to SES, as another mail server would. */
export async function receiveInbound(parts: SurfaceParts, request: InboundRequest): Promise<object> {
  const traceId = newTraceId(parts.clock.now());
  const { spf, dkim, dmarc, spam, virus } = request;
  if ('raw' in request) {
    const { raw, envelopeFrom: from, envelopeTo: to } = request;
    const mail = { from, to, raw: Buffer.from(raw, 'base64'), traceId };
    return parts.receiveMail({ ...mail, verdicts: { spf, dkim, dmarc, spam, virus } });
  }
  const messageId = request.messageId ?? `<${randomUUID()}@mail.example>`;
  const raw = writtenMail({ ...request, messageId }, parts.clock.now());
  const found = request.forged ? ({ spf: 'FAIL', dkim: 'FAIL', dmarc: 'FAIL' } as const) : { spf, dkim, dmarc };
  const [from = ''] = /[^<>\s]+@[^<>\s]+/.exec(request.from) ?? [];
  const mail = { from, to: [request.to], raw, traceId, verdicts: { ...found, spam, virus } };
  return { ...(await parts.receiveMail(mail)), mailId: messageId };
}
