import { type AnswerRequestPorts, answerRequest } from '../../shared/operations/answer-request.ts';
import { checkCode, LinkSecret, type OpenedLink, openLink } from '../../shared/operations/open-link.ts';
import { formSchemaOf, viewOf } from '../../shared/operations/request-view-of.ts';
import {
  type AnswerForm,
  type Page,
  readAnswerForm,
  renderChangedPage,
  renderExpiredPage,
  renderProblemsPage,
  renderSettledPage,
  renderTooManyTriesPage,
  renderUnknownPage,
  renderWrongCodePage,
  shownAtMs,
} from '../../shared/pages/index.ts';
import { bodyBytes, type HttpAnswer, type HttpRequest } from '../triggers/http.ts';

/** The answer form of the request page, proved by the code from the mail. */
export async function answerByPage(ports: AnswerRequestPorts, request: HttpRequest): Promise<HttpAnswer> {
  const page = await respond(ports, request);
  return { statusCode: page.status, headers: { ...page.headers }, body: page.body };
}

async function respond(ports: AnswerRequestPorts, request: HttpRequest): Promise<Page> {
  const secret = LinkSecret.safeParse(request.pathParameters?.['id']);
  const opened = secret.success ? await openLink.run(ports, { secret: secret.data }) : null;
  if (opened === null) return renderUnknownPage();
  if (opened.view.state !== 'open') return renderSettledPage(opened.view);
  const body = Buffer.from(bodyBytes(request)).toString('utf8');
  const form = readAnswerForm(body, formSchemaOf(opened.loaded), {
    draft: opened.loaded.request.draft,
    labels: opened.loaded.workflow.labels,
    kind: opened.loaded.request.kind,
  });
  if ('problems' in form) return renderProblemsPage(opened.view, { body, ...form });
  const code = await checkCode(ports.requests, opened.link, form.code);
  if (code.kind === 'dead') return renderTooManyTriesPage();
  if (code.kind === 'wrong') return renderWrongCodePage(opened.view, { body, triesLeft: code.triesLeft });
  return decide(ports, opened, form, body);
}

async function decide(ports: AnswerRequestPorts, opened: OpenedLink, form: AnswerForm, body: string): Promise<Page> {
  const { verb, digest, reason, edits, seen } = form;
  const receipt = await answerRequest.run(ports, {
    ...{ requestId: opened.loaded.request.id, verb, digest, reason, edits, seen },
    ...{ by: opened.link.person, proof: 'mail-code', channel: 'page', onPageMs: onPage(body, ports.clock.nowMs()) },
  });
  const now = receipt.kind === 'unknown' ? null : await openLinkAgain(ports, opened);
  switch (receipt.kind) {
    case 'answered':
    case 'settled':
    case 'counted':
    case 'voted':
      return renderSettledPage(now ?? opened.view);
    case 'expired':
      return renderExpiredPage(now ?? opened.view);
    case 'changed':
      return renderChangedPage(now ?? opened.view, opened.view.draft);
    case 'incomplete':
    case 'not-allowed':
    case 'proof-needed':
      return renderProblemsPage(opened.view, { body, problems: [receipt.problem], marked: [] });
    case 'unknown':
      return renderUnknownPage();
  }
}

/** As the form says; a moment that has not been yet is none. */
function onPage(body: string, nowMs: number): number | null {
  const shownMs = shownAtMs(body);
  return shownMs === null || shownMs > nowMs ? null : nowMs - shownMs;
}

/** What the page says after the write. */
async function openLinkAgain(
  ports: AnswerRequestPorts,
  { link, loaded }: OpenedLink,
): Promise<OpenedLink['view'] | null> {
  const request = await ports.requests.get(link.requestId);
  if (request === null) return null;
  return viewOf({ ...loaded, request }, link.person, ports.clock.nowMs());
}
