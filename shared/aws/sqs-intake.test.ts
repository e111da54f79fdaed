import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trigger } from '../contracts/index.ts';
import { queueText } from '../domain/queue-text.ts';
import { batches } from './sqs-intake.ts';

const trigger = (text: string): Trigger => ({
  ...{ workflow: 'w', trigger: 't', eventId: 'e', receivedAt: '2026-03-02T09:00:00Z' },
  body: { text },
});

/** Any UTF-16 code unit, half surrogate pairs too. */
const CODE_UNIT = fc.nat(0xffff).map((code) => String.fromCharCode(code));

/** What SQS takes in a message: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF. */
const TAKEN = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

describe('a batch for the queue', () => {
  it('holds at most ten texts and a million bytes, in order', () => {
    const large = 'x'.repeat(300_000);
    expect(batches([large, large, large, large, 'a']).map((batch) => batch.length)).toEqual([3, 2]);
    expect(batches(Array.from({ length: 21 }, String)).map((batch) => batch.length)).toEqual([10, 10, 1]);
    expect(batches(['ü'.repeat(500_000), 'b'])).toEqual([['ü'.repeat(500_000)], ['b']]);
    expect(batches([])).toEqual([]);
  });
});

describe('the text of a message', () => {
  it('holds only characters that SQS takes, and says the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: CODE_UNIT }), (text) => {
        const message = queueText(trigger(text));
        expect(message).toMatch(TAKEN);
        expect(JSON.parse(message)).toEqual(trigger(text));
      }),
      { examples: [['\u0000\u0008\u007f\u009f\ufffe\uffff\ud800 \u2028 \u{1f642}']] },
    );
  });
});
