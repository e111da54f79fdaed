import { randomBytes } from 'node:crypto';
import PostalMime from 'postal-mime';
import type { Activity } from '../../kernel/activity.ts';
import type { Clock } from '../../kernel/clock.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { Caller, Dispatch, Json } from '../../kernel/service.ts';
import type { ReceiptAction, ReceiptRule, ReceiptRules } from './receipt-rules.ts';

export const VERDICTS = ['PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED'] as const;

/** A mail as another server would hand it over, with what a check of it would find. */
export interface IncomingMail {
  /** The envelope: where bounces go, empty for a bounce, and whom it is for. */
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Uint8Array;
  readonly verdicts: Readonly<Record<'spf' | 'dkim' | 'dmarc' | 'spam' | 'virus', (typeof VERDICTS)[number]>>;
  readonly traceId: string;
}

export interface ReceivingParts {
  readonly clock: Clock;
  readonly activity: Activity;
  readonly dispatch: Dispatch;
  readonly rules: ReceiptRules;
}

/** Headers beyond this are not read, and a mail beyond it is not taken. */
const HEADERS_BYTES = 256 * 1024;
const LARGEST_BYTES = 40 * 2 ** 20;

/**
 * Takes a mail in as SES does: by each rule whose addresses it is for, action after action. Resolves when all of that is
 * accepted, which is on disk.
 * @throws MessageRejected for an address that no rule takes, and for a mail that is too large
 */
export function receiveMail(parts: ReceivingParts, mail: IncomingMail): Promise<{ messageId: string }> {
  return parts.activity.track(receive(parts, mail));
}

async function receive(parts: ReceivingParts, mail: IncomingMail): Promise<{ messageId: string }> {
  if (mail.raw.byteLength > LARGEST_BYTES) throw rejected(`The mail has more than ${LARGEST_BYTES} bytes.`, 413);
  const matching = parts.rules.matching(mail.to);
  if (matching.length === 0) throw rejected(`No rule of the stack takes mail to ${mail.to.join(', ')}.`, 404);
  const messageId = randomBytes(20).toString('hex');
  const facts = await mailFacts(parts, mail, messageId);
  for (const { rule, recipients } of matching) {
    const caller: Caller = {
      ...{ kind: 'service', service: 'ses.amazonaws.com', sourceArn: rule.arn },
      traceId: mail.traceId,
    };
    for (const action of rule.actions) {
      await perform(parts, caller, action, { mail, messageId, facts, recipients, rule });
    }
  }
  return { messageId };
}

interface Received {
  readonly mail: IncomingMail;
  readonly messageId: string;
  readonly facts: Json;
  readonly recipients: readonly string[];
  readonly rule: ReceiptRule;
}

async function perform(
  { dispatch, clock }: ReceivingParts,
  caller: Caller,
  action: ReceiptAction,
  { mail, messageId, facts, recipients, rule }: Received,
): Promise<void> {
  if (action.kind === 's3') {
    const input = { Bucket: action.bucket, Key: `${action.prefix}${messageId}` };
    const Body = Buffer.from(mail.raw).toString('base64');
    await dispatch({ service: 's3', operation: 'PutObject', input: { ...input, Body }, caller });
    return;
  }
  const { functionArn, invocationType } = action;
  const { spf, dkim, dmarc, spam, virus } = mail.verdicts;
  const receipt = {
    timestamp: new Date(clock.now()).toISOString(),
    processingTimeMillis: 0,
    recipients: [...recipients],
    ...{ spfVerdict: { status: spf }, dkimVerdict: { status: dkim }, dmarcVerdict: { status: dmarc } },
    spamVerdict: { status: rule.isScanned ? spam : 'DISABLED' },
    virusVerdict: { status: rule.isScanned ? virus : 'DISABLED' },
    ...(dmarc === 'FAIL' ? { dmarcPolicy: 'none' } : {}),
    action: { type: 'Lambda', functionArn, invocationType },
  };
  const record = { eventSource: 'aws:ses', eventVersion: '1.0', ses: { mail: facts, receipt } };
  await dispatch({
    ...{ service: 'lambda', operation: 'Invoke', caller },
    input: {
      FunctionName: functionArn,
      InvocationType: invocationType,
      Payload: JSON.stringify({ Records: [record] }),
    },
  });
}

async function mailFacts({ clock }: ReceivingParts, mail: IncomingMail, messageId: string): Promise<Json> {
  const head = await PostalMime.parse(headOf(mail.raw));
  return {
    timestamp: new Date(clock.now()).toISOString(),
    source: mail.from,
    messageId,
    destination: [...mail.to],
    headersTruncated: false,
    headers: head.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    commonHeaders: {
      returnPath: mail.from,
      ...(head.messageId === undefined ? {} : { messageId: head.messageId }),
      ...(head.subject === undefined ? {} : { subject: head.subject }),
    },
  };
}

/** Up to the first empty line. */
function headOf(raw: Uint8Array): Uint8Array {
  const start = Buffer.from(raw.subarray(0, HEADERS_BYTES));
  const end = /\r?\n\r?\n/.exec(start.toString('latin1'));
  return end === null ? start : start.subarray(0, end.index + end[0].length);
}

function rejected(message: string, status: number): AwsError {
  return new AwsError('MessageRejected', message, { status });
}
