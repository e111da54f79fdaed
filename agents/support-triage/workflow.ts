import { action, byHand, defineWorkflow, inboundMail, source, webhook } from '../../shared/authoring/index.ts';
import {
  closeBug,
  knowledgeBase,
  openBug,
  pageOnCall,
  replyToTicket,
  setTicketFields,
  ticketHistory,
  withdrawReply,
} from '../../shared/connectors/definitions.ts';
import { type ReadArticle, replyFor, strangeAddresses, unreadCitations } from './reply.ts';
import { ticketSignals } from './signals.ts';
import { isTier1, priorityOf, replyAction, teamOf } from './sorting.ts';
import {
  reported,
  Ticket,
  TicketAnswered,
  TicketDecision,
  TicketJudgement,
  ToldByPhone,
  ticketFrom,
  ticketFromMail,
  ticketFromPhone,
} from './ticket.ts';

/** Who hears from us again within so many days is not helped by another article. */
const AGAIN_WITHIN_DAYS = 7;
const ARTICLES_READ = 3;
const LONGEST_QUESTION = 4_000;

const sources = {
  'knowledge-base': source({
    title: 'Knowledge base',
    connector: knowledgeBase,
    isRequired: true,
    arguments: ({ subject, text }: Ticket) => ({
      question: `${subject}\n${text}`.slice(0, LONGEST_QUESTION).toWellFormed(),
      atMost: ARTICLES_READ,
    }),
  }),
  'ticket-history': source({
    title: 'Earlier replies',
    connector: ticketHistory,
    isRequired: true,
    arguments: ({ email, ticketId }: Ticket) => ({ email: email.toLowerCase(), ticketId }),
  }),
};

const withdrawal = {
  action: 'withdraw-reply',
  arguments: ({ ticketId, to }: { ticketId: string; to: string }) => ({ ticketId, to }),
};

const actions = {
  'set-ticket-fields': action({ title: 'Sort the ticket', tier: 'autonomous', connector: setTicketFields }),
  'answer-tier-1': action({
    title: 'Answer with the article',
    tier: 'autonomous',
    connector: replyToTicket,
    compensation: withdrawal,
  }),
  'send-worded-reply': action({
    title: 'Send the reply in the words of the agent',
    tier: 'notify',
    connector: replyToTicket,
    holdMinutes: 10,
    compensation: withdrawal,
  }),
  'send-reply': action({
    title: 'Send the reply',
    tier: 'approve',
    connector: replyToTicket,
    compensation: withdrawal,
    // A colleague may have answered in the meantime.
    pins: ['ticket-history.repliedBefore'],
  }),
  'withdraw-reply': action({ title: 'Withdraw the reply', tier: 'autonomous', connector: withdrawReply }),
  'open-bug': action({
    title: 'Open a bug',
    tier: 'notify',
    connector: openBug,
    compensation: { action: 'close-bug', arguments: (_args, { bugId }) => ({ bugId: bugId ?? '' }) },
  }),
  'close-bug': action({ title: 'Close the bug', tier: 'autonomous', connector: closeBug }),
  'page-on-call': action({
    title: 'Page the person on call',
    tier: 'approve',
    connector: pageOnCall,
    approval: { answerWithinHours: 1 },
  }),
};

const articlesOf = (read: { readonly 'knowledge-base': { readonly articles: readonly ReadArticle[] } | null }) =>
  read['knowledge-base']?.articles ?? [];

/** The support triage of a B2B software company. The company, its customers, its articles and all data are made up. */
export const supportTriage = defineWorkflow({
  id: 'support-triage',
  title: 'Support triage',
  summary: 'Sorts support tickets, and answers those that a help article answers.',
  team: {
    name: 'Support',
    owner: 'support-lead@remit.example',
    approvers: ['support-lead@remit.example'],
    nextApprovers: ['support-deputy@remit.example'],
    answerWithinHours: 8,
    channel: '#support-approvals',
  },

  triggers: [
    webhook({
      id: 'help-desk',
      when: 'A customer opens a ticket in the help desk, or answers one that was closed',
      toInput: ticketFrom,
    }),
    inboundMail({
      id: 'inbound-mail',
      when: 'A customer writes a mail to the support address itself, or answers a reply of ours',
      to: 'support',
      replies: {
        to: ['support-triage/answer-tier-1', 'support-triage/send-worded-reply', 'support-triage/send-reply'],
        input: TicketAnswered,
      },
      toInput: ticketFromMail,
    }),
    byHand({
      id: 'told-by-phone',
      when: 'A customer calls, and a colleague writes down what is wrong',
      form: ToldByPhone,
      toInput: ticketFromPhone,
    }),
  ],

  input: Ticket,
  signals: ticketSignals,
  subject: ({ name, email, subject }) => `${name.trim() || email}: ${subject.trim() || 'no subject'}`,
  labels: {
    ticketId: 'Ticket',
    email: 'E-mail',
    name: 'Name',
    subject: 'Subject',
    text: 'Text',
    channel: 'Came by',
    wasCut: 'Was cut',
  },
  caseKey: ({ email }) => email.toLowerCase(),

  sources,
  agent: {
    id: 'triager',
    title: 'Support triager',
    instructions: 'triager.md',
    sources: ['knowledge-base', 'ticket-history'],
    judgement: TicketJudgement,
    timeoutMs: 30_000,
  },

  decision: TicketDecision,
  conclude: (judged, { input, sources: read }) => {
    const { reply: _own, ...answers } = judged;
    const draft = replyFor(judged, articlesOf(read));
    return {
      ...answers,
      team: teamOf(judged, ticketSignals(input).ourBill),
      priority: priorityOf(judged),
      ...draft,
      isTier1: isTier1(judged, draft.cites),
    };
  },

  actions,
  plan: ({ kind, team, priority, reply, cites, wording, isTier1 }, { input: ticket }, act) => {
    const { ticketId, email: to } = ticket;
    const headline =
      ticket.subject
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, 150) || `Ticket ${ticketId}`;
    const answer = { ticketId, to, text: reply, cites };
    return [
      act('set-ticket-fields', { ticketId, kind, team, priority }),
      ...(priority === 'urgent' ? [act('page-on-call', { rota: team, text: `Ticket ${ticketId}: ${headline}` })] : []),
      ...(kind === 'bug' ? [act('open-bug', { ticketId, title: headline, text: reported(ticket), priority })] : []),
      ...(reply === '' ? [] : [act(replyAction(isTier1, wording), answer)]),
    ];
  },

  escalation: [
    {
      id: 'lost-data',
      because: 'It tells of lost or deleted data. Such tickets are never answered without a person.',
      when: ({ concern }, { input }) => concern === 'lost-data' || ticketSignals(input).lossNamed,
    },
    {
      id: 'security',
      because: 'It may be about security.',
      when: ({ concern }, { input }) => concern === 'security' || ticketSignals(input).securityNamed,
    },
    {
      id: 'legal',
      because: 'It is about law, liability or damages.',
      when: ({ concern }, { input }) => concern === 'legal' || ticketSignals(input).legalNamed,
    },
    {
      id: 'angry-customer',
      because: 'The customer is angry, or has complained before.',
      when: ({ concern }, { input }) => concern === 'angry' || ticketSignals(input).angerNamed,
    },
    {
      id: 'cites-nothing',
      because: 'The reply rests on no article.',
      when: ({ reply, cites }) => reply !== '' && cites.length === 0,
    },
    {
      id: 'cites-unread',
      because: 'The reply cites an article that was not read for this ticket.',
      when: (decision, { sources: read }) => unreadCitations(decision, articlesOf(read)).length > 0,
    },
    {
      id: 'strange-address',
      because: 'The reply names a link or an address that none of its articles names.',
      when: (decision, { sources: read }) => strangeAddresses(decision, articlesOf(read)).length > 0,
    },
    {
      id: 'wrote-again',
      because: `We replied to this customer in the last ${AGAIN_WITHIN_DAYS} days, and it did not settle it.`,
      when: (_decision, { sources: read }) => {
        const days = read['ticket-history']?.lastReplyDays ?? null;
        return days !== null && days < AGAIN_WITHIN_DAYS;
      },
    },
    {
      id: 'gives-orders',
      because: 'The ticket holds orders to whoever reads it.',
      when: (_decision, { input }) => ticketSignals(input).ordersGiven,
    },
    {
      id: 'other-language',
      because: 'It is not written in English, and our articles are.',
      when: (_decision, { input }) => ticketSignals(input).otherLanguage,
    },
    {
      id: 'says-nothing',
      because: 'There is nothing to read in it.',
      when: (_decision, { input }) => ticketSignals(input).saysNothing,
    },
    {
      id: 'was-cut',
      because: 'It is too long to be read whole.',
      when: (_decision, { input }) => input.wasCut,
    },
  ],

  segments: [
    { id: 'tier-1', title: 'Tier 1: an article answers it, and nobody is held up', when: ({ isTier1 }) => isTier1 },
    { id: 'bugs', title: 'Reports of bugs', when: ({ kind }) => kind === 'bug' },
  ],
  caps: [
    { id: 'replies-a-day', counts: 'effects', per: 'day', limit: 300, actions: ['answer-tier-1', 'send-worded-reply'] },
    { id: 'pages-a-day', counts: 'effects', per: 'day', limit: 10, actions: ['page-on-call'] },
  ],
  rollout: { phase: 'partial', minimumConfidence: 0.8 },
  learned: {
    target: 0.9,
    fields: [
      { name: 'kind', kind: 'class' },
      { name: 'impact', kind: 'class' },
      { name: 'concern', kind: 'class' },
      { name: 'articleAnswers', kind: 'class' },
    ],
    crosses: [
      ['signals.asks', 'signals.tellsTrouble'],
      ['signals.asks', 'signals.reportsFault'],
      ['signals.manyHit', 'signals.presses'],
    ],
    features: {
      'input.ticketId': 'ignore',
      'input.email': 'ignore',
      'input.name': 'ignore',
      'input.channel': 'ignore',
      'input.subject': 'text',
      'input.text': 'text',
      'sources.knowledge-base.articles.id': 'category',
      'sources.knowledge-base.articles.title': 'ignore',
      'sources.knowledge-base.articles.text': 'ignore',
      'sources.knowledge-base.articles.score': 'ignore',
      'sources.ticket-history.repliedBefore': 'ignore',
      'sources.ticket-history.lastReplyDays': 'ignore',
      'sources.ticket-history.said.text': 'ignore',
      'sources.ticket-history.said.on': 'ignore',
    },
  },
});
