import type { Proof } from '../../shared/contracts/index.ts';
import { timeOnPageMs } from '../../shared/domain/session-proof.ts';
import { type AnswerReceipt, type AnswerRequestPorts, answerLoaded } from '../../shared/operations/answer-request.ts';
import { type OpenedRequest, type OpenLinkPorts, openFor } from '../../shared/operations/open-link.ts';
import type { BeginSignInPorts } from '../../shared/operations/sign-in/begin-sign-in.ts';
import type { Page } from '../../shared/pages/page-shell.ts';
import type { AnswerForm } from '../../shared/pages/read-answer-form.ts';
import { renderChangedPage, renderProblemsPage } from '../../shared/pages/refusal-pages.ts';
import type { RequestView } from '../../shared/pages/request-view.ts';
import { renderExpiredPage, renderSettledPage } from '../../shared/pages/settled-page.ts';
import { renderUnknownPage } from '../../shared/pages/unknown-page.ts';
import { signInFromForm } from '../people/sign-in-redirect.ts';
import { dropCookie } from '../triggers/cookies.ts';
import type { HttpAnswer } from '../triggers/http.ts';
import { asAnswer, seeOther } from '../triggers/pages.ts';

export type PageAnswerPorts = AnswerRequestPorts & OpenLinkPorts & BeginSignInPorts;

/** A form that was read, and whose sender is known. */
export interface ProvedForm {
  readonly form: AnswerForm;
  readonly body: string;
  readonly by: string;
  readonly proof: Proof;
  readonly channel: 'page' | 'inbox';
  /** The page of the question, below the root of the site. */
  readonly path: string;
  /** What seals the moment at which the page was shown. */
  readonly stampKey: string;
  /** The page as this person is shown it. */
  readonly asShown: (view: RequestView) => RequestView;
}

/** Gives the answer, and leads to the page that says so; where it was not taken, the same page says why, read anew. */
export async function answerFromPage(
  ports: PageAnswerPorts,
  opened: OpenedRequest,
  proved: ProvedForm,
): Promise<HttpAnswer> {
  const { by, form, body, asShown } = proved;
  const receipt = await give(ports, opened, proved);
  if (receipt.kind === 'answered' || receipt.kind === 'counted') {
    return seeOther(`${ports.publicUrl}${proved.path}`, [dropCookie('draft', ports.publicUrl)]);
  }
  const now = receipt.kind === 'unknown' ? null : await openFor(ports, opened.loaded.request.id, by);
  if (now === null || receipt.kind === 'unknown') return asAnswer(renderUnknownPage());
  const view = asShown(now.view);
  const again = (status: number, problem: string, marked: readonly string[] = []): Page =>
    renderProblemsPage(view, { body, problems: [problem], marked, status });
  switch (receipt.kind) {
    case 'settled':
      return asAnswer(renderSettledPage(view, 409));
    case 'expired':
      return asAnswer(renderExpiredPage(view));
    case 'changed':
      return asAnswer(renderChangedPage(view, now.drafts.get(form.digest) ?? null));
    case 'voted':
      return asAnswer(again(409, 'You have said yes already. The others are still asked.'));
    case 'not-allowed':
      return asAnswer(again(403, receipt.problem));
    case 'incomplete':
      return asAnswer(again(422, receipt.problem, isReasonMissing(form) ? ['reason'] : []));
    case 'proof-needed': {
      const isFresh = receipt.proof === 'fresh-sign-in';
      return signInFromForm(ports, { returnTo: proved.path, isFresh, requestId: opened.loaded.request.id, body });
    }
  }
}

function give(ports: PageAnswerPorts, { loaded }: OpenedRequest, proved: ProvedForm): Promise<AnswerReceipt> {
  const { by, proof, channel, stampKey } = proved;
  const { verb, digest, reason, edits, seen, shown } = proved.form;
  const { id: requestId, openedAtMs } = loaded.request;
  const nowMs = ports.clock.nowMs();
  const onPageMs = timeOnPageMs(shown, { key: stampKey, requestId, openedAtMs, nowMs });
  return answerLoaded(ports, loaded, { verb, digest, reason, edits, seen, by, proof, channel, onPageMs });
}

function isReasonMissing({ reason }: AnswerForm): boolean {
  return reason === '';
}
