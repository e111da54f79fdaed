import {
  addToList,
  companyDirectory,
  createCrmRecord,
  crmHistory,
  knowledgeBase,
  openBug,
  pageOnCall,
  postToChannel,
  professionalProfile,
  sendMail,
  ticketHistory,
} from '../../shared/connectors/definitions.ts';

interface KnownSource {
  /** What it gives, in a few words for who chooses. */
  readonly tells: string;
  /** Its name in shared/connectors/definitions.ts. */
  readonly export: string;
  readonly definition: { readonly id: string };
  /** Code that makes its arguments of an input. */
  readonly arguments: string;
  /** What it may give, for stubs of examples. */
  readonly sample: object;
}

interface KnownAction {
  /** What it does, in a few words for who chooses. */
  readonly tells: string;
  readonly export: string;
  readonly definition: { readonly id: string; readonly effect: 'reversible' | 'irreversible' };
  /** Code of its arguments, made of `input`. */
  readonly arguments: (workflow: string) => string;
}

const BY_MAIL = '({ email }) => ({ email: email.toLowerCase() })';
const HEADLINE = '`$' + '{input.name}: $' + '{input.subject}`.slice(0, 200)';

/** Sources that a new workflow can name; others are declared by hand in its workflow.ts. */
export const SOURCES: Readonly<Record<string, KnownSource>> = {
  'crm-history': {
    tells: 'what the CRM holds of this address',
    ...{ export: 'crmHistory', definition: crmHistory, arguments: BY_MAIL },
    sample: { stage: 'none', contactedBefore: false, lastContactDays: null },
  },
  'company-directory': {
    tells: 'size, trade and tools of the company behind the address',
    ...{ export: 'companyDirectory', definition: companyDirectory },
    arguments: "({ email }) => ({ domain: email.slice(email.lastIndexOf('@') + 1).toLowerCase() })",
    sample: { found: false, employees: null, industry: null, country: null, funding: null, techStack: [] },
  },
  'professional-profile': {
    tells: 'role and seniority of the person',
    ...{ export: 'professionalProfile', definition: professionalProfile, arguments: BY_MAIL },
    sample: { found: false, jobFunction: null, seniority: null, headline: null },
  },
  'ticket-history': {
    tells: 'whether support has answered this address before',
    ...{ export: 'ticketHistory', definition: ticketHistory, arguments: BY_MAIL },
    sample: { repliedBefore: false, lastReplyDays: null },
  },
  'knowledge-base': {
    tells: 'articles of the folder knowledge that fit the text',
    ...{ export: 'knowledgeBase', definition: knowledgeBase },
    arguments: '({ subject, text }) => ({ question: `$' + '{subject}\\n$' + '{text}`.slice(0, 4_000), atMost: 3 })',
    sample: { articles: [], bestScore: 0, lead: 0 },
  },
};

/** Actions that a new workflow can name. Their arguments are a start, to be changed in its workflow.ts. */
export const ACTIONS: Readonly<Record<string, KnownAction>> = {
  'send-mail': {
    tells: 'a mail; cannot be taken back, so its tier is approve',
    ...{ export: 'sendMail', definition: sendMail },
    arguments: () =>
      "{ to: input.email, bcc: [], subject: 'REPLACE: the subject', text: 'REPLACE: what the mail says.' }",
  },
  'post-to-channel': {
    tells: 'a line in a channel of Slack',
    ...{ export: 'postToChannel', definition: postToChannel },
    arguments: (workflow) => `{ channel: ${JSON.stringify(`#${workflow}`)}, text: ${HEADLINE} }`,
  },
  'add-to-list': {
    tells: 'puts the address on a mailing list',
    ...{ export: 'addToList', definition: addToList },
    arguments: () => "{ email: input.email, list: 'newsletter' }",
  },
  'create-crm-record': {
    tells: 'a record in the CRM',
    ...{ export: 'createCrmRecord', definition: createCrmRecord },
    arguments: () => "{ email: input.email, name: input.name, company: '', title: '', tag: 'warm', score: 0 }",
  },
  'open-bug': {
    tells: 'a bug in the tracker of the developers',
    ...{ export: 'openBug', definition: openBug },
    arguments: () =>
      "{ ticketId: input.email.slice(0, 120), title: 'REPLACE: the title', text: `$" +
      '{input.subject} $' +
      "{input.text}`.slice(0, 4_000), priority: 'normal' }",
  },
  'page-on-call': {
    tells: 'wakes whoever is on call; cannot be taken back either',
    ...{ export: 'pageOnCall', definition: pageOnCall },
    arguments: (workflow) => `{ rota: ${JSON.stringify(workflow)}, text: ${HEADLINE} }`,
  },
};
