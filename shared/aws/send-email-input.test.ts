import { expect, it } from 'vitest';
import type { Mail } from '../ports/index.ts';
import { sendEmailInput } from './send-email-input.ts';

const MAIL: Mail = { to: ['a@b.example'], bcc: [], subject: 'Hello', text: 'Words', html: null };
const SENDER = { from: 'agents@remit.example', inboundDomain: 'in.example' };
const ID = 'f'.repeat(32);

const sent = (mail: Partial<Mail>, sender: Parameters<typeof sendEmailInput>[1] = SENDER) => {
  const { ReplyToAddresses, Content } = sendEmailInput({ ...MAIL, ...mail }, sender);
  return [ReplyToAddresses, Content.Simple.Headers];
};
const written = { replyTo: 'replies+tag@in.example', reference: '<tag@in.example>', footLine: null };
const byMachine = (Value: string) => [{ Name: 'Auto-Submitted', Value }];

it.each<[string, Partial<Mail>, unknown]>([
  [
    'of an action takes answers, and is named in them',
    { written },
    [[written.replyTo], [{ Name: 'References', Value: written.reference }]],
  ],
  [
    'of an action whose answers nobody takes is named in them',
    { written: { ...written, replyTo: null } },
    [undefined, [{ Name: 'References', Value: written.reference }]],
  ],
  [
    'of an action where no mail comes in has neither',
    { written: { replyTo: null, reference: null, footLine: null } },
    [undefined, undefined],
  ],
  ['for our own people says whom not to answer', {}, [['answers@in.example'], byMachine('auto-generated')]],
  [
    'with a question is known again by it',
    { requestId: ID },
    [[`answers+${ID}@in.example`], byMachine('auto-generated')],
  ],
  [
    'that answers one by itself says so',
    { requestId: ID, isAutoReply: true },
    [[`answers+${ID}@in.example`], byMachine('auto-replied')],
  ],
])('a mail %s', (_what, mail, expected) => {
  expect(sent(mail)).toEqual(expected);
});

it('a mail for our own people has no address for answers where no mail comes in', () => {
  expect(sent({ requestId: ID }, { ...SENDER, inboundDomain: null })).toEqual([undefined, byMachine('auto-generated')]);
});
