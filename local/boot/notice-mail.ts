import { AwsError } from '../kernel/errors.ts';
import type { SesService } from '../ses/index.ts';
import type { SendMail } from '../sns/index.ts';

/** Whom mails of SNS come from. */
const SENDER = 'no-reply@sns.amazonaws.com';

/** Lets topics send their mails through the local SES, where all mails are caught. */
export function noticeSender(ses: SesService): SendMail {
  ses.ensureIdentity(SENDER);
  return async ({ to, subject, text, traceId }) => {
    const send = ses.operations['SendEmail'];
    if (send === undefined) throw new AwsError('InternalFailure', 'The local SES cannot send mail.', { status: 500 });
    const input = {
      FromEmailAddress: SENDER,
      Destination: { ToAddresses: [to] },
      Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: text } } } },
    };
    await send.run(input, { kind: 'operator', traceId });
  };
}
