import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseIdOf, linkKeyOf, requestIdOf } from './case-id.ts';

describe('ids', () => {
  it('gives the same event of the same trigger the same case, forever', () => {
    const event = { workflow: 'lead-qualification', trigger: 'contact-form', eventId: 'msg_1' };
    expect(caseIdOf(event)).toBe(caseIdOf({ ...event }));
    expect(caseIdOf(event)).toBe('50232034ea0d40d9f275f843bc8b8e51');
  });

  it('keeps events apart wherever the boundary between their parts lies', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.nat(20), fc.nat(20), (text, a, b) => {
        fc.pre(a !== b && a <= text.length && b <= text.length);
        const at = (cut: number) => ({ workflow: text.slice(0, cut), trigger: text.slice(cut), eventId: 'e' });
        expect(caseIdOf(at(a))).not.toBe(caseIdOf(at(b)));
      }),
    );
  });

  it('is a name that Step Functions takes, whatever the event is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (eventId) => {
        expect(caseIdOf({ workflow: 'w', trigger: 't', eventId })).toMatch(/^[0-9a-f]{32}$/);
      }),
    );
  });

  it('gives a retry of the same question the same request, and another attempt another one', () => {
    const subject = { caseId: 'c', about: 'send-mail#1', attempt: 'execution-1' };
    expect(requestIdOf(subject)).toBe(requestIdOf({ ...subject }));
    expect(requestIdOf({ ...subject, attempt: 'execution-2' })).not.toBe(requestIdOf(subject));
    expect(requestIdOf({ ...subject, about: 'send-mail#2' })).not.toBe(requestIdOf(subject));
  });

  it('keeps the secret of a link out of its key', () => {
    expect(linkKeyOf('secret-1')).not.toContain('secret-1');
    expect(linkKeyOf('secret-1')).not.toBe(linkKeyOf('secret-2'));
  });
});
