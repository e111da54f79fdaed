export { stepBackMail, warningMail } from './autonomy-mails.ts';
export type { Filled } from './edit-section.ts';
export type { JsonSchema } from './json-schema.ts';
export type { Mail } from './mail-layout.ts';
export { type Page, pageHeaders } from './page-shell.ts';
export {
  type AnswerForm,
  type AnswerProblems,
  isNewCodeRequest,
  readAnswerForm,
  readSubmitted,
  shownAtMs,
} from './read-answer-form.ts';
export {
  renderChangedPage,
  renderProblemsPage,
  renderTooManyTriesPage,
  renderUnknownPage,
  renderWrongCodePage,
} from './refusal-pages.ts';
export { type Invitation, reminderMail, requestMail } from './request-mail.ts';
export { renderRequestPage } from './request-page.ts';
export { type RequestParts, type RequestView, requestView, type WorkflowWords } from './request-view.ts';
export { renderExpiredPage, renderSettledPage } from './settled-page.ts';
export { settledMail, type ToldParts, toldMail } from './told-mails.ts';
