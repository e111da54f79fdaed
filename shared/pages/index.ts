export { stepBackMail, warningMail } from './autonomy-mails.ts';
export { batchMail } from './batch-mail.ts';
export { type BulkOutcome, renderBulkPage } from './bulk-page.ts';
export { type CardWords, cardWords } from './chat-card.ts';
export { type CaseView, renderCasePage } from './console/case-page.ts';
export { type ListedCase, MOST_LISTED, renderCasesPage } from './console/cases-page.ts';
export { type NotOverturned, type OverturnView, renderOverturnPage } from './console/overturn-page.ts';
export { readOverturnForm } from './console/read-overturn-form.ts';
export { renderNotSwitchedPage } from './console/switch-section.ts';
export { renderWorkflowPage, type WorkflowView } from './console/workflow-page.ts';
export { type LatestFigures, renderWorkflowsPage, type WorkflowCard } from './console/workflows-page.ts';
export type { Filled } from './edit-section.ts';
export { type Fact, type FactValue, factsOf } from './facts.ts';
export { renderAwayPage, renderInboxPage } from './inbox-page.ts';
export { type AwayView, type InboxView, LIST_VERBS } from './inbox-view.ts';
export type { JsonSchema } from './json-schema.ts';
export type { Mail } from './mail-layout.ts';
export { type Page, pageHeaders } from './page-shell.ts';
export {
  type AnswerForm,
  type AnswerProblems,
  isNewCodeRequest,
  isSignInRequest,
  readAnswerForm,
  readSubmitted,
} from './read-answer-form.ts';
export { type ReasonNames, reasonWords } from './reason-words.ts';
export {
  renderChangedPage,
  renderNewCodePage,
  renderProblemsPage,
  renderTooManyTriesPage,
  renderWrongCodePage,
} from './refusal-pages.ts';
export { type RememberForm, readRememberForm } from './remember/read-remember-form.ts';
export {
  type RememberPreview,
  type RememberSent,
  type RememberView,
  renderNotRememberedPage,
  renderRememberPage,
} from './remember/remember-page.ts';
export { type RememberedView, type RememberedYes, renderRememberedPage } from './remember/remembered-page.ts';
export { type Invitation, newCodeMail, reminderMail, requestMail } from './request-mail.ts';
export { renderRequestPage } from './request-page.ts';
export {
  type Answering,
  NO_PLACE,
  type Place,
  type RequestParts,
  type RequestView,
  requestView,
  type WorkflowWords,
} from './request-view.ts';
export { renderExpiredPage, renderSettledPage } from './settled-page.ts';
export {
  renderForeignFormPage,
  renderGoOnPage,
  renderSignedOutPage,
  renderSignInFailedPage,
} from './sign-in-pages.ts';
export { readStartForm, renderStartListPage, renderStartPage, type Startable, type StartView } from './start-page.ts';
export { settledMail, type ToldParts, toldMail } from './told-mails.ts';
export { renderUnknownPage } from './unknown-page.ts';
