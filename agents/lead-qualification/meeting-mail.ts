import type { Lead } from './lead.ts';

/** Templated mail 3: the invitation to a meeting. Text from the lead appears only as the name. */
export function meetingMail(lead: Lead): { to: string; bcc: string[]; subject: string; text: string } {
  const firstName = lead.name.split(/\s+/)[0] ?? lead.name;
  return {
    to: lead.email,
    bcc: ['sales@remit.example'],
    subject: `A time to talk, ${firstName.replace(/\p{Cc}/gu, ' ').slice(0, 60)}?`,
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
