import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaseId } from '../../contracts/index.ts';
import { actionDigestOf, readReplyTag, replyTag, TAG_LENGTH } from './reply-tag.ts';

const KEY = 'k'.repeat(64);
const CASE = CaseId.parse('0123456789abcdef0123456789abcdef');
const TAG = replyTag(KEY, CASE, 'send-mail#1');

describe('the tag of an answer', () => {
  it('names its case and action, in small letters and digits that fit before the @ of an address', () => {
    expect(TAG).toMatch(/^[a-z2-7]+$/);
    expect(TAG).toHaveLength(TAG_LENGTH);
    expect(`${'a'.repeat(15)}+${TAG}`).toHaveLength(64);
    expect(readReplyTag(KEY, TAG)).toEqual({ caseId: CASE, actionDigest: actionDigestOf('send-mail#1') });
  });

  it('reads back whatever it is made of, and under no other key', () => {
    const hex = fc.stringMatching(/^[0-9a-f]{32}$/);
    fc.assert(
      fc.property(hex, fc.stringMatching(/^[a-z]{1,20}#[1-9]$/), (id, actionId) => {
        const tag = replyTag(KEY, CaseId.parse(id), actionId);
        expect(readReplyTag(KEY, tag)).toEqual({ caseId: id, actionDigest: actionDigestOf(actionId) });
        expect(readReplyTag('another key', tag)).toBeNull();
      }),
    );
  });

  it('is no tag any more where one letter of it is another', () => {
    for (let at = 0; at < TAG.length; at += 1) {
      const other = TAG[at] === 'a' ? 'b' : 'a';
      expect(readReplyTag(KEY, `${TAG.slice(0, at)}${other}${TAG.slice(at + 1)}`)).toBeNull();
    }
  });

  it('of one case cannot be put before the proof of another', () => {
    const other = replyTag(KEY, CaseId.parse('f'.repeat(32)), 'send-mail#1');
    for (let at = 1; at < TAG.length; at += 1) expect(readReplyTag(KEY, other.slice(0, at) + TAG.slice(at))).toBeNull();
  });

  it.each(['', 'a', TAG.toUpperCase(), `${TAG}a`, TAG.slice(1), '1'.repeat(TAG_LENGTH), 'ä'.repeat(TAG_LENGTH)])(
    'is not %j',
    (text) => {
      expect(readReplyTag(KEY, text)).toBeNull();
    },
  );
});
