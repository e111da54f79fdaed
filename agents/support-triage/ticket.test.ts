import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InboundMail } from '../../shared/contracts/index.ts';
import { Ticket, ticketFrom, ticketFromMail } from './ticket.ts';

const TICKET = { ticketId: 'T-1', email: 'anna@shop.example', name: 'Anna', subject: 'Help', text: 'Words' };

describe('what reaches support', () => {
  it('is a ticket of the help desk, whatever it says of its channel', () => {
    expect(Ticket.parse(ticketFrom({ ...TICKET, channel: 'mail', wasCut: true }))).toEqual({
      ...TICKET,
      channel: 'help-desk',
      wasCut: false,
    });
  });

  it.each<[string, unknown, { email: string; name: string }]>([
    ['a name and an address', '"Anna B" <anna@shop.example>', { email: 'anna@shop.example', name: 'Anna B' }],
    ['an address alone', 'anna@shop.example', { email: 'anna@shop.example', name: '' }],
    ['an address in brackets', ' <anna@shop.example> ', { email: 'anna@shop.example', name: '' }],
    ['a parsed sender', { address: 'anna@shop.example', name: 'Anna' }, { email: 'anna@shop.example', name: 'Anna' }],
  ])('is a mail from %s', (_what, from, sender) => {
    const mail = { messageId: '<m1@shop.example>', from, subject: 'Help', text: 'Words' };
    expect(Ticket.parse(ticketFrom(mail))).toEqual({
      ...{ ticketId: '<m1@shop.example>', ...sender, subject: 'Help', text: 'Words', channel: 'mail', wasCut: false },
    });
  });

  it.each([
    ['blanks without end', ' '.repeat(190_000)],
    ['blanks around a name', `${' '.repeat(90_000)}x${' '.repeat(90_000)}`],
    ['two addresses in brackets', '<a@b.example> <c@d.example>'],
    ['a quotation mark inside a name', 'An"na <anna@shop.example>'],
  ])('does not fit where its sender is %s, and is told at once', (_what, from) => {
    const mail = { messageId: '<m1@shop.example>', from, subject: 'Help', text: 'Words' };
    expect(Ticket.safeParse(ticketFrom(mail)).error?.issues.map(({ path }) => path.join('.'))).toEqual(['email']);
  });

  it('goes on with the ticket that a mail answers', () => {
    const mail = { id: '<m2@shop.example>', from: { address: 'anna@shop.example', name: 'Anna' }, subject: 'Re: Help' };
    const told = { ...mail, text: 'No.', wasCut: false } as InboundMail;
    expect(Ticket.parse(ticketFromMail(told))).toMatchObject({ ticketId: '<m2@shop.example>', channel: 'mail' });
    expect(Ticket.parse(ticketFromMail(told, { input: { ticketId: 'T-1' } }))).toMatchObject({ ticketId: 'T-1' });
  });

  it('is cut where it is too long, and says so', () => {
    const { text, wasCut } = Ticket.parse(ticketFrom({ ...TICKET, text: 'ä'.repeat(20_001) }));
    expect([text.length, wasCut]).toEqual([20_000, true]);
  });

  it('does not fit without an address or an id, and never breaks', () => {
    expect(Ticket.safeParse(ticketFrom({ ...TICKET, email: 'nobody' })).success).toBe(false);
    expect(Ticket.safeParse(ticketFrom({})).success).toBe(false);
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('messageId', 'from', 'subject', 'text', 'email'), fc.anything()),
        (body) => {
          expect(Object.keys(ticketFrom(body))).toContain('wasCut');
        },
      ),
      { numRuns: 200 },
    );
  });
});
