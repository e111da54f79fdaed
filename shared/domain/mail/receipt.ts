import * as z from 'zod';

const Verdict = z.object({ status: z.enum(['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED']) });
export type VerdictStatus = z.infer<typeof Verdict>['status'];

/** What SES says of a mail that it received: the envelope, and what it checked. */
export const MailReceipt = z.object({
  /** Also the last part of the key under which the mail is kept. */
  messageId: z.string().min(1),
  /** The sender of the envelope, where bounces go; empty for a bounce itself. */
  source: z.string(),
  /** When it was received. */
  timestamp: z.iso.datetime({ offset: true }),
  /** Addresses of ours that it came to, by the rule that took it. */
  recipients: z.array(z.string()),
  spf: Verdict,
  dkim: Verdict,
  dmarc: Verdict,
  spam: Verdict,
  virus: Verdict,
});
export type MailReceipt = z.infer<typeof MailReceipt>;
