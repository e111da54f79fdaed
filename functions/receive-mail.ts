import { workflows } from '../agents/index.ts';
import { receiveMail } from '../shared/operations/receive-mail.ts';
import { fromReceipts } from './triggers/from-receipts.ts';
import { files, inbound, intake, publicUrl, replies, replyKey, replyMailer, telemetry } from './wiring.ts';

export const handler = fromReceipts(receiveMail, {
  workflows,
  files: files(),
  inbound: inbound(),
  intake: intake(),
  replies: replies(),
  replyKey: replyKey(),
  mailer: replyMailer(),
  publicUrl: publicUrl(),
  telemetry: telemetry(),
});
