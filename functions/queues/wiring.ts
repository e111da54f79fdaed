import { SQSClient } from '@aws-sdk/client-sqs';
import { S3Files } from '../../shared/aws/s3-files.ts';
import { SignedMailer } from '../../shared/aws/signed-mailer.ts';
import { SignedReplyStore } from '../../shared/aws/signed-reply-store.ts';
import { keyFromSecret } from '../../shared/aws/signed-secret.ts';
import { SqsDeadLetters } from '../../shared/aws/sqs-dead-letters.ts';
import { SqsIntake } from '../../shared/aws/sqs-intake.ts';
import { REPLY_KEY } from '../../shared/operations/replies/reply-addresses.ts';
import { optional, setting } from '../environment.ts';
import { clock, mailSender, once, signedCalls } from '../wiring.ts';

const sqs = /* @__PURE__ */ once(() => new SQSClient({}));
export const intake = /* @__PURE__ */ once(() => new SqsIntake(sqs(), setting('REMIT_INTAKE_QUEUE_URL')));
export const deadLetters = /* @__PURE__ */ once(() => new SqsDeadLetters(sqs(), setting('REMIT_DEAD_LETTERS_URL')));
/** Signed with the role's credentials, which the client of the queue renews anyway. */
export const files = /* @__PURE__ */ once(
  () =>
    new S3Files({
      credentials: () => sqs().config.credentials(),
      region: setting('AWS_REGION'),
      endpoint: optional('AWS_ENDPOINT_URL'),
      clock,
    }),
);
/** Of what a mail answers, by signed calls: the clients would be most of the bundle that reads mails. */
const callsOfMail = /* @__PURE__ */ once(() => signedCalls(() => sqs().config.credentials()));
export const replies = /* @__PURE__ */ once(() => new SignedReplyStore(callsOfMail(), setting('REMIT_CASES_TABLE')));
export const replyMailer = /* @__PURE__ */ once(() => new SignedMailer(callsOfMail(), mailSender()));
export const replyKey = /* @__PURE__ */ once(() =>
  keyFromSecret(callsOfMail(), setting('REMIT_SUBJECT_KEY_SECRET'), REPLY_KEY),
);
