import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { CaseId } from '../../contracts/index.ts';
import { base32, fromBase32 } from './base32.ts';

/** What a tag names: a case, and one of its actions by a digest of its id. */
export interface TagTarget {
  readonly caseId: CaseId;
  readonly actionDigest: string;
}

const CASE_BYTES = 16;
const ACTION_BYTES = 4;
const MAC_BYTES = 10;

/** Letters of a tag: 30 bytes, five bits each, so that it stands before the @ of an address beside a name. */
export const TAG_LENGTH = ((CASE_BYTES + ACTION_BYTES + MAC_BYTES) * 8) / 5;

/**
 * The mark by which an answer finds the action that wrote. Nobody can make one without the key, or change whom it names:
 * 80 bits of HMAC, and each try is a mail. In small letters and digits, because mail servers may change capitals.
 */
export function replyTag(key: string, caseId: CaseId, actionId: string): string {
  const named = Buffer.concat([Buffer.from(caseId, 'hex'), Buffer.from(actionDigestOf(actionId), 'hex')]);
  return base32(Buffer.concat([named, macOf(key, named)]));
}

/** Null for what is no tag, or was made under another key. */
export function readReplyTag(key: string, tag: string): TagTarget | null {
  const bytes = fromBase32(tag, TAG_LENGTH);
  if (bytes?.length !== CASE_BYTES + ACTION_BYTES + MAC_BYTES) return null;
  const named = bytes.subarray(0, CASE_BYTES + ACTION_BYTES);
  if (!timingSafeEqual(bytes.subarray(named.length), macOf(key, named))) return null;
  return {
    caseId: CaseId.parse(named.subarray(0, CASE_BYTES).toString('hex')),
    actionDigest: named.subarray(CASE_BYTES).toString('hex'),
  };
}

/** Enough to tell the actions of one case apart. */
export function actionDigestOf(actionId: string): string {
  return createHash('sha256')
    .update(actionId, 'utf8')
    .digest('hex')
    .slice(0, 2 * ACTION_BYTES);
}

function macOf(key: string, named: Buffer): Buffer {
  return createHmac('sha256', key).update('reply-tag\n').update(named).digest().subarray(0, MAC_BYTES);
}
