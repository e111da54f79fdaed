import { findWorkflow } from '../agents/index.ts';
import { LinkSecret } from '../shared/operations/open-link.ts';
import { sendNewCode } from '../shared/operations/send-new-code.ts';
import { keepDraft } from './people/draft.ts';
import { formOf, senderOf } from './triggers/browser.ts';
import { fromHttp } from './triggers/http.ts';
import { asAnswer, seeOther, unknownAnswer } from './triggers/pages.ts';
import { cases, clock, ids, mailer, people, publicUrl, requests, telemetry } from './wiring.ts';

const ports = {
  findWorkflow,
  cases: cases(),
  requests: requests(),
  people: people(),
  mailer: mailer(),
  publicUrl: publicUrl(),
  clock,
  ids,
  telemetry: telemetry(),
};

/** A new code for a link, mailed to whom the link was mailed. What was typed is on the page again. */
export const handler = fromHttp('send-code', ports.telemetry, async (request) => {
  const secret = LinkSecret.safeParse(request.pathParameters?.['id']);
  if (!secret.success) return unknownAnswer();
  if (senderOf(request, ports.publicUrl) === 'foreign') {
    const { renderForeignFormPage } = await import('../shared/pages/sign-in-pages.ts');
    return asAnswer(renderForeignFormPage(request.routeKey));
  }
  const receipt = await sendNewCode.run(ports, { secret: secret.data });
  if (receipt.kind === 'unknown') return unknownAnswer();
  if (receipt.kind === 'too-many') {
    const { renderTooManyTriesPage } = await import('../shared/pages/refusal-pages.ts');
    return asAnswer(renderTooManyTriesPage({ hasSent: true }));
  }
  const page = `${ports.publicUrl}/r/${secret.data}`;
  if (receipt.kind === 'settled') return seeOther(page);
  const draft = await keepDraft(ports, receipt.opened.view.requestId, formOf(request));
  return seeOther(page, draft === null ? [] : [draft]);
});
