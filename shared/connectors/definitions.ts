/** The connectors that a workflow may name. Definitions only: what they do stands beside them and is bound at run time. */
export { type CsvFile, type CsvSource, csvSource } from './csv/definition.ts';
export { EVENT_SOURCE, type EventOut, eventOut } from './events/definition.ts';
export {
  type HttpAction,
  type HttpCall,
  type HttpSource,
  httpAction,
  httpSource,
} from './http/definition.ts';
export {
  archiveHubspotRecord,
  createHubspotDeal,
  createHubspotNote,
  moveHubspotDeal,
  upsertHubspotContact,
} from './hubspot/definition-acting.ts';
export { hubspotContact, hubspotDeals } from './hubspot/definition-reading.ts';
export { knowledgeBase } from './knowledge-base/definition.ts';
export { sendMail } from './mail/definition.ts';
export { type McpAction, type McpSource, mcpAction, mcpSource, type ToolAnswer } from './mcp/definition.ts';
export { type S3Remove, type S3Write, s3Remove, s3Write } from './s3/definition-acting.ts';
export {
  type FileFacts,
  type NamedFile,
  type S3List,
  type S3Rows,
  type S3Text,
  s3List,
  s3Rows,
  s3Text,
} from './s3/definition-reading.ts';
export { bookEntry, booksEntries, cardHistory, counterEntry } from './sandbox/books-definition.ts';
export { clearFlag, disputeCharge, flagPayment, holdReimbursement } from './sandbox/cards-definition.ts';
export { postToChannel } from './sandbox/channel-definition.ts';
export { setConversation } from './sandbox/conversations-definition.ts';
export { addToList, createCrmRecord, crmHistory, removeFromList } from './sandbox/crm-definition.ts';
export { companyDirectory, professionalProfile } from './sandbox/directory-definition.ts';
export { replyToTicket, setTicketFields, ticketHistory, withdrawReply } from './sandbox/help-desk-definition.ts';
export {
  cancelEquipment,
  enterPayroll,
  grantAccess,
  leavePayroll,
  orderEquipment,
  revokeAccess,
} from './sandbox/joining-definition.ts';
export {
  moveStep,
  openSteps,
  remindOfStep,
  settleStep,
  stepOnFile,
  teamDirectory,
  withdrawReminder,
} from './sandbox/people-definition.ts';
export { closeBug, openBug, pageOnCall } from './sandbox/tracker-definition.ts';
export { webPage, webSearch } from './search/definition.ts';
export { deleteSlackMessage, postSlackMessage, updateSlackMessage } from './slack/definition.ts';
