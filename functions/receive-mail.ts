import { workflows } from '../agents/index.ts';
import { receiveMail } from '../shared/operations/receive-mail.ts';
import { fromReceipts } from './triggers/from-receipts.ts';
import { files, inbound, intake, telemetry } from './wiring.ts';

export const handler = fromReceipts(receiveMail, {
  workflows,
  files: files(),
  inbound: inbound(),
  intake: intake(),
  telemetry: telemetry(),
});
