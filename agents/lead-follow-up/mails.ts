import type { Conversation } from './conversation.ts';

interface Mail {
  readonly to: string;
  readonly bcc: string[];
  readonly subject: string;
  readonly text: string;
}

/** Answers somebody who wants to talk. Nothing that they wrote is repeated, but their name. */
export function bookingMail(conversation: Conversation): Mail {
  return mailTo(conversation, 'Our meeting', [
    'thank you for your answer, I am glad that you want to talk.',
    'Please pick the time that suits you best: https://meet.remit.example/sales',
  ]);
}

/** Reminds somebody who has not answered, in other words the second time. */
export function reminderMail(conversation: Conversation): Mail {
  const isFirst = conversation.reminders === 0;
  return mailTo(conversation, isFirst ? 'Did my mail reach you?' : 'Shall I leave it here?', [
    isFirst
      ? 'a few days ago I wrote to you about a time to talk. In case it went under: I would still like to hear what you need.'
      : 'I do not want to fill your inbox. If the time is not right, one word is enough and I leave it here; otherwise:',
    'https://meet.remit.example/sales',
  ]);
}

function mailTo(conversation: Conversation, subject: string, [first = '', ...others]: readonly string[]): Mail {
  return {
    to: conversation.email,
    bcc: ['sales@remit.example'],
    subject,
    text: [
      `Hello ${firstNameOf(conversation)},`,
      '',
      first,
      ...others.flatMap((line) => ['', line]),
      '',
      'Kind regards,',
      'The sales team',
    ].join('\n'),
  };
}

/** Letters, digits and what stands inside names: an address or markup in a stranger's name is not passed on. */
function firstNameOf({ name }: Conversation): string {
  const [first = ''] = name.trim().split(/\s+/);
  const letters = [...first.replace(/[^\p{L}\p{M}\p{N}'’-]/gu, '')];
  return letters.slice(0, 60).join('') || 'there';
}
