import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sendMail } from '../../shared/connectors/definitions.ts';
import { Lead } from './lead.ts';
import { meetingMail } from './meeting-mail.ts';

/** Any UTF-16 code unit, half surrogate pairs too. */
const CODE_UNIT = fc.nat(0xffff).map((code) => String.fromCharCode(code));

const lead = (name: string) =>
  Lead.parse({ name, email: 'x@y.example', company: 'Y', title: '', message: 'secret words', channel: 'contact-form' });

describe('the meeting mail', () => {
  it('greets by the first name and goes to the lead, with sales in blind copy', () => {
    expect(meetingMail(lead('Hanna Hot'))).toMatchObject({
      to: 'x@y.example',
      bcc: ['sales@remit.example'],
      subject: 'A time to talk, Hanna?',
      text: expect.stringContaining('Hello Hanna,\n'),
    });
  });

  it.each([
    ['Jean-Luc Picard', 'Jean-Luc'],
    ['O’Neil', 'O’Neil'],
    ['José', 'José'],
    ['東京 太郎', '東京'],
    ['https://evil.example/win', 'httpsevilexamplewin'],
    ['<b>Bob</b>', 'bBobb'],
    ['\u202eevil', 'evil'],
    ['???', 'there'],
  ])('greets %o as %o', (name, greeted) => {
    const { subject, text } = meetingMail(lead(name));
    expect(text.split('\n')[0]).toBe(`Hello ${greeted},`);
    expect(subject).toBe(`A time to talk, ${greeted}?`);
  });

  it('can be sent whatever the name, and carries nothing of the message', () => {
    fc.assert(
      fc.property(fc.string({ unit: CODE_UNIT, minLength: 1, maxLength: 200 }), (name) => {
        fc.pre(Lead.shape.name.safeParse(name).success);
        const mail = meetingMail(lead(name));
        expect(sendMail.arguments.safeParse(mail).success).toBe(true);
        expect(`${mail.subject}${mail.text}`.replace('https://meet.remit.example', '')).not.toMatch(
          /secret words|:\/\//,
        );
      }),
      { numRuns: 300 },
    );
  });
});
