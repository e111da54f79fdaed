import type { Lead, Need } from './lead.ts';

/** What the mail is about, as far as that is known. */
export interface Angle {
  readonly need: Need;
  /** A line of a case study, word for word; null for none. */
  readonly fact: string | null;
  /** Words of the outreach agent; null for those of the template. */
  readonly opening: string | null;
}

const NO_ANGLE: Angle = { need: 'unstated', fact: null, opening: null };

/**
 * Templated mail 3: the invitation to a meeting. Text from the lead appears only as the name; the rest is the template, a line
 * of a case study, and an opening of the agent where it has one that may be sent.
 */
export function meetingMail(
  lead: Lead,
  { need, fact, opening }: Angle = NO_ANGLE,
): { to: string; bcc: string[]; subject: string; text: string } {
  const firstName = firstNameOf(lead);
  return {
    to: lead.email,
    bcc: ['sales@remit.example'],
    subject: `A time to talk, ${firstName}?`,
    text: [
      `Hello ${firstName},`,
      '',
      sendable(opening) ?? OPENINGS[need],
      ...(fact === null ? [] : ['', fact]),
      '',
      'Please pick a time that suits you: https://meet.remit.example/sales',
      '',
      'Kind regards,',
      'The sales team',
    ].join('\n'),
  };
}

const THANKS = 'thank you for getting in touch.';

const OPENINGS: Readonly<Record<Need, string>> = {
  planning: `${THANKS} You would like your people and vehicles planned without lists and phone calls; I would like to hear how you plan today and show you how we could help.`,
  booking: `${THANKS} You would like your customers to book by themselves, and to turn up; I would like to hear how they book today and show you how we could help.`,
  billing: `${THANKS} You would like your invoices to go out by themselves and to be paid; I would like to hear how you bill today and show you how we could help.`,
  whole: `${THANKS} You would like one system from the plan to the paid invoice; I would like to hear what you use today and show you how we could help.`,
  systems: `${THANKS} You asked how we would fit in with your systems and your rules; bring whoever looks after them, and we answer point by point.`,
  unstated: `${THANKS} I would like to understand what you are looking for and show you how we could help.`,
};

/** An opening that names a link or an address, or is no plain sentence, is not sent. */
function sendable(opening: string | null): string | null {
  const text = opening?.trim() ?? '';
  const isPlain = text.length >= SHORTEST && text.length <= LONGEST && !/\p{Cc}|[<>@\\`|{}]/u.test(text);
  return isPlain && !/:\/\/|\bwww\.|\b[\w-]+\.(com|net|org|io|example|[a-z]{2})\b(?!\.)/i.test(text) ? text : null;
}

const SHORTEST = 20;
const LONGEST = 240;

/** Letters, digits and what stands inside names: an address or markup in the name of a stranger is not passed on. */
function firstNameOf({ name }: Lead): string {
  const [first = ''] = name.trim().split(/\s+/);
  const letters = [...first.replace(/[^\p{L}\p{M}\p{N}'’-]/gu, '')];
  return letters.slice(0, 60).join('') || 'there';
}
