/** The connectors that a workflow may name. Definitions only: what they do stands beside them and is bound at run time. */
export { knowledgeBase } from './knowledge-base/definition.ts';
export { sendMail } from './mail/definition.ts';
export { postToChannel } from './sandbox/channel-definition.ts';
export { addToList, createCrmRecord, crmHistory, removeFromList } from './sandbox/crm-definition.ts';
export { companyDirectory, professionalProfile } from './sandbox/directory-definition.ts';
export { replyToTicket, setTicketFields, ticketHistory, withdrawReply } from './sandbox/help-desk-definition.ts';
export { closeBug, openBug, pageOnCall } from './sandbox/tracker-definition.ts';
