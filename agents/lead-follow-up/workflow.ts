import { action, defineWorkflow, event, inboundMail, schedule, source, webhook } from '../../shared/authoring/index.ts';
import { crmHistory, postToChannel, sendMail, setConversation } from '../../shared/connectors/definitions.ts';
import {
  Addressee,
  Conversation,
  conversationFrom,
  conversationFromMail,
  FollowUpDecision,
  ReplyJudgement,
} from './conversation.ts';
import { bookingMail, reminderMail } from './mails.ts';
import { nextStepFor, pauseUntil } from './next-step.ts';
import { replySignals } from './signals.ts';

const keyIn = ({ causedBy }: Readonly<Record<string, unknown>>): string | null =>
  typeof causedBy === 'string' ? causedBy : null;

const sources = {
  'crm-history': source({
    title: 'CRM history',
    connector: crmHistory,
    isRequired: true,
    arguments: ({ email }: Conversation) => ({ email: email.toLowerCase() }),
  }),
};

const actions = {
  'send-booking-mail': action({
    title: 'Send the mail with times to book',
    tier: 'approve',
    connector: sendMail,
    pins: ['crm-history.stage'],
  }),
  'send-reminder': action({
    title: 'Send a reminder',
    tier: 'approve',
    connector: sendMail,
    pins: ['crm-history.stage'],
  }),
  'tell-colleague': action({ title: 'Tell a colleague in #sales', tier: 'autonomous', connector: postToChannel }),
  'note-conversation': action({ title: 'Note it in the CRM', tier: 'autonomous', connector: setConversation }),
  'close-conversation': action({
    title: 'Close the conversation in the CRM',
    tier: 'notify',
    connector: setConversation,
    compensation: {
      action: 'note-conversation',
      arguments: ({ email, name, company, reminders }) => ({
        ...{ email, name, company, reminders },
        ...{ state: 'waiting' as const, until: null },
      }),
    },
  }),
};

/** Follows up on the first mails of a B2B software company. The company, its people and all data are made up. */
export const leadFollowUp = defineWorkflow({
  id: 'lead-follow-up',
  title: 'Lead follow-up',
  summary: 'Reads what prospects answer, or that they do not, and suggests the next step.',
  team: {
    name: 'Sales',
    owner: 'sales-lead@remit.example',
    approvers: ['sales-lead@remit.example'],
    nextApprovers: ['sales-deputy@remit.example'],
    answerWithinHours: 24,
    channel: '#sales-approvals',
  },

  triggers: [
    webhook({
      id: 'crm-reply',
      when: 'The CRM logs that a prospect has answered a mail of the sales team',
      toInput: conversationFrom,
      causedBy: keyIn,
    }),
    event({
      id: 'mail-reply',
      when: 'A mail to the sales address answers a mail of ours',
      source: 'mail',
      detailType: 'Sales reply received',
      toInput: conversationFrom,
    }),
    inboundMail({
      id: 'reply-by-mail',
      when: 'A prospect answers a mail that an agent of ours has sent them',
      to: 'replies',
      replies: {
        to: [
          'lead-qualification/send-meeting-mail',
          'lead-follow-up/send-booking-mail',
          'lead-follow-up/send-reminder',
        ],
        input: Addressee,
      },
      toInput: conversationFromMail,
    }),
    schedule({
      id: 'open-conversations',
      when: 'Every working day at 9:00 for conversations in the CRM that wait for an answer',
      cron: 'cron(0 9 ? * MON-FRI *)',
      timezone: 'Europe/Berlin',
      each: { connector: 'sandbox.crm', list: 'open-conversations' },
      toInput: conversationFrom,
      causedBy: keyIn,
    }),
  ],

  input: Conversation,
  signals: replySignals,
  subject: ({ name, company }) => (company === '' ? name : `${name}, ${company}`),
  labels: {
    name: 'Name',
    email: 'E-mail',
    company: 'Company',
    reply: 'Reply',
    reminders: 'Reminders sent',
    silentDays: 'Days of silence',
    today: 'Looked at on',
  },
  caseKey: ({ email }) => email.toLowerCase(),

  sources,
  agent: {
    id: 'follow-up',
    title: 'Follow-up',
    instructions: 'follow-up.md',
    sources: ['crm-history'],
    judgement: ReplyJudgement,
    timeoutMs: 30_000,
  },

  decision: FollowUpDecision,
  conclude: ({ answer: judged }, { input }) => {
    // Where nothing was written there is nothing to judge.
    const answer = input.reply.trim() === '' ? 'silence' : judged;
    return { answer, nextStep: nextStepFor(answer, input), pauseUntil: pauseUntil(answer, input) };
  },

  actions,
  plan: ({ nextStep, pauseUntil: until }, { input }, act) => {
    const { email, name, company, reminders } = input;
    const noted = { email, name, company, reminders };
    const line = (what: string) => act('tell-colleague', { channel: '#sales', text: `${name}, ${company}: ${what}` });
    switch (nextStep) {
      case 'book-meeting':
        return [
          act('send-booking-mail', bookingMail(input)),
          act('note-conversation', { ...noted, state: 'waiting', until: null }),
        ];
      case 'colleague-answers':
        return [
          line('asks something that a colleague answers; the reply is in the case.'),
          act('note-conversation', { ...noted, state: 'with-colleague', until: null }),
        ];
      case 'find-person':
        return [
          line('is not the one to talk to; who is may stand in the reply.'),
          act('note-conversation', { ...noted, state: 'with-colleague', until: null }),
        ];
      case 'pause':
        return [act('note-conversation', { ...noted, state: 'paused', until })];
      case 'remind':
        return [
          act('send-reminder', reminderMail(input)),
          act('note-conversation', { ...noted, reminders: reminders + 1, state: 'waiting', until: null }),
        ];
      case 'close':
        return [act('close-conversation', { ...noted, state: 'closed', until: null })];
      case 'wait':
        return [];
    }
  },

  escalation: [
    {
      id: 'grievance',
      because: 'The reply speaks of data protection, law or spam. Such people are answered by a person.',
      when: (_decision, { input }) => replySignals(input)['grievanceNamed'] === true,
    },
    {
      id: 'gives-orders',
      because: 'The reply holds orders to whoever reads it.',
      when: (_decision, { input }) => replySignals(input)['ordersGiven'] === true,
    },
    {
      id: 'no-prospect-any-more',
      because: 'The CRM says that this person is a customer, or was lost before.',
      when: (_decision, { sources: read }) => ['customer', 'lost'].includes(read['crm-history']?.stage ?? ''),
    },
    {
      id: 'silence-with-words',
      because: 'The agent takes a reply for silence.',
      when: ({ answer }, { input }) => answer === 'silence' && input.reply.trim() !== '',
    },
  ],

  segments: [
    { id: 'silence', title: 'Nobody answered', when: ({ answer }) => answer === 'silence' },
    { id: 'refusals', title: 'They refuse', when: ({ answer }) => answer === 'no' },
  ],
  caps: [
    { id: 'mails-a-day', counts: 'effects', per: 'day', limit: 100, actions: ['send-booking-mail', 'send-reminder'] },
  ],
  rollout: { phase: 'partial', minimumConfidence: 0.8, minutesByHand: 4 },
  learned: {
    target: 0.9,
    fields: [{ name: 'answer', kind: 'class' }],
    features: {
      'input.name': 'ignore',
      'input.email': 'ignore',
      'input.company': 'ignore',
      'input.today': 'ignore',
      'input.reply': 'text',
      'input.reminders': 'ignore',
      'input.silentDays': 'ignore',
      'sources.crm-history.stage': 'ignore',
      'sources.crm-history.contactedBefore': 'ignore',
      'sources.crm-history.lastContactDays': 'ignore',
    },
  },
});
