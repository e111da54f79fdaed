import { workflows } from '../agents/index.ts';
import { receiveMail } from '../shared/operations/receive-mail.ts';
import { files, intake, replies, replyKey, replyMailer } from './queues/wiring.ts';
import { fromReceipts } from './triggers/from-receipts.ts';
import { inbound, publicUrl, telemetry } from './wiring.ts';

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
