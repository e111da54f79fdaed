import type { Lead } from './lead.ts';

/** Templated mail 3: the invitation to a meeting. Text from the lead appears only as the name. */
export function meetingMail(lead: Lead): { to: string; bcc: string[]; subject: string; text: string } {
  const firstName = firstNameOf(lead);
  return {
    to: lead.email,
    bcc: ['sales@remit.example'],
    subject: `A time to talk, ${firstName}?`,
    text: [
      `Hello ${firstName},`,
      '',
      'thank you for getting in touch. I would like to understand what you are looking for and show you how we could help.',
      '',
      'Please pick a time that suits you: https://meet.remit.example/sales',
      '',
      'Kind regards,',
      'The sales team',
    ].join('\n'),
  };
}

/** Letters, digits and what stands inside names: an address or markup in the name of a stranger is not passed on. */
function firstNameOf({ name }: Lead): string {
  const [first = ''] = name.trim().split(/\s+/);
  const letters = [...first.replace(/[^\p{L}\p{M}\p{N}'’-]/gu, '')];
  return letters.slice(0, 60).join('') || 'there';
}
