import * as z from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { SurfaceParts } from './parts.ts';

const MOST_MAILS = 1_000;

/** An answer to a caught mail, as whoever got it might send one. */
export const ReplyRequest = z.strictObject({
  /** The mail's id. */
  mail: z.string().min(1),
  text: z.string().min(1).max(100_000),
});

/**
 * Answers a caught mail: puts the event `Mail received` of the source `remit.mail` on the stack's bus, as mail that comes
 * in would. Workflows that wait for it open a case.
 */
export async function replyToMail(
  parts: SurfaceParts,
  { mail: id, text }: z.infer<typeof ReplyRequest>,
): Promise<object> {
  const mail = parts.caughtMails({ to: null, limit: MOST_MAILS }).find((one) => one.id === id);
  if (mail === undefined) throw new AwsError('NotFound', `There is no caught mail ${id}.`, { status: 404 });
  if (parts.bus === null) throw new AwsError('NotFound', 'The stack has no event bus.', { status: 404 });
  const [from = ''] = [...mail.to, ...mail.cc, ...mail.bcc];
  const subject = /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`;
  const detail = { from, to: mail.replyTo[0] ?? mail.from, subject, text, inReplyTo: mail.id };
  const output = await parts.dispatch({
    ...{ service: 'events', operation: 'PutEvents', caller: { kind: 'operator', traceId: null } },
    input: {
      Entries: [
        {
          ...{ EventBusName: parts.bus, Source: 'remit.mail', DetailType: 'Mail received' },
          Detail: JSON.stringify(detail),
        },
      ],
    },
  });
  const [entry] = Entries.parse(output).Entries;
  if (entry?.EventId === undefined) throw new AwsError('BadRequest', 'The bus did not take the reply.');
  return { eventId: entry.EventId, ...detail };
}

const Entries = z.object({ Entries: z.array(z.object({ EventId: z.string().optional() })) });
