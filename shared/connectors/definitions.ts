/** The connectors that a workflow may name. Definitions only: what they do stands beside them and is bound at run time. */
export { sendMail } from './mail/definition.ts';
export { bookEntry, booksEntries, cardHistory, counterEntry } from './sandbox/books-definition.ts';
export { clearFlag, disputeCharge, flagPayment, holdReimbursement } from './sandbox/cards-definition.ts';
export { postToChannel } from './sandbox/channel-definition.ts';
export { addToList, createCrmRecord, crmHistory, removeFromList } from './sandbox/crm-definition.ts';
export { companyDirectory, professionalProfile } from './sandbox/directory-definition.ts';
