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
  /** Its name in shared/connectors/definitions.ts. */
  readonly export: string;
  readonly definition: { readonly id: string };
  /** Code that makes its arguments of an input. */
  readonly arguments: string;
  /** What it may give, for stubs of examples. */
  readonly sample: object;
}

interface KnownAction {
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
    ...{ export: 'crmHistory', definition: crmHistory, arguments: BY_MAIL },
    sample: { stage: 'none', contactedBefore: false, lastContactDays: null },
  },
  'company-directory': {
    ...{ export: 'companyDirectory', definition: companyDirectory },
    arguments: "({ email }) => ({ domain: email.slice(email.lastIndexOf('@') + 1).toLowerCase() })",
    sample: { found: false, employees: null, industry: null, country: null, funding: null, techStack: [] },
  },
  'professional-profile': {
    ...{ export: 'professionalProfile', definition: professionalProfile, arguments: BY_MAIL },
    sample: { found: false, jobFunction: null, seniority: null, headline: null },
  },
  'ticket-history': {
    ...{ export: 'ticketHistory', definition: ticketHistory, arguments: BY_MAIL },
    sample: { repliedBefore: false, lastReplyDays: null },
  },
  'knowledge-base': {
    ...{ export: 'knowledgeBase', definition: knowledgeBase },
    arguments: '({ subject, text }) => ({ question: `$' + '{subject}\\n$' + '{text}`.slice(0, 4_000), atMost: 3 })',
    sample: { articles: [], bestScore: 0, lead: 0 },
  },
};

/** Actions that a new workflow can name. Their arguments are a start, to be changed in its workflow.ts. */
export const ACTIONS: Readonly<Record<string, KnownAction>> = {
  'send-mail': {
    ...{ export: 'sendMail', definition: sendMail },
    arguments: () =>
      "{ to: input.email, bcc: [], subject: 'REPLACE: the subject', text: 'REPLACE: what the mail says.' }",
  },
  'post-to-channel': {
    ...{ export: 'postToChannel', definition: postToChannel },
    arguments: (workflow) => `{ channel: ${JSON.stringify(`#${workflow}`)}, text: ${HEADLINE} }`,
  },
  'add-to-list': {
    ...{ export: 'addToList', definition: addToList },
    arguments: () => "{ email: input.email, list: 'newsletter' }",
  },
  'create-crm-record': {
    ...{ export: 'createCrmRecord', definition: createCrmRecord },
    arguments: () => "{ email: input.email, name: input.name, company: '', title: '', tag: 'warm', score: 0 }",
  },
  'open-bug': {
    ...{ export: 'openBug', definition: openBug },
    arguments: () =>
      "{ ticketId: input.email.slice(0, 120), title: 'REPLACE: the title', text: `$" +
      '{input.subject} $' +
      "{input.text}`.slice(0, 4_000), priority: 'normal' }",
  },
  'page-on-call': {
    ...{ export: 'pageOnCall', definition: pageOnCall },
    arguments: (workflow) => `{ rota: ${JSON.stringify(workflow)}, text: ${HEADLINE} }`,
  },
};
