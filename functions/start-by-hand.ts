import * as z from 'zod';
import { workflows } from '../agents/index.ts';
import { CaseId, JsonObject, Slug } from '../shared/contracts/index.ts';
import { jsonSchemaOf } from '../shared/domain/json-schema-of.ts';
import { formFor, type StartForm, startableBy } from '../shared/domain/start-forms.ts';
import { startByHand } from '../shared/operations/start-by-hand.ts';
import { renderForeignFormPage } from '../shared/pages/sign-in-pages.ts';
import {
  readStartForm,
  renderStartListPage,
  renderStartPage,
  type Startable,
  type StartView,
} from '../shared/pages/start-page.ts';
import { renderUnknownPage } from '../shared/pages/unknown-page.ts';
import { placeOf } from './people/answering.ts';
import { goOnToSignIn, redirectToSignIn } from './people/sign-in-redirect.ts';
import { intake } from './queues/wiring.ts';
import { formOf, isOwnForm, type SignedIn, signedInOf } from './triggers/browser.ts';
import { fromHttp, type HttpAnswer, type HttpRequest } from './triggers/http.ts';
import { asAnswer, seeOther } from './triggers/pages.ts';
import { clock, ids, publicUrl, signIn, telemetry } from './wiring.ts';

const ports = {
  ...{ workflows, intake: intake(), telemetry: telemetry(), signIn: signIn(), publicUrl: publicUrl() },
  ...{ clock, ids },
};

/** Cases that somebody starts by a form: the list of forms, each form, and what is sent from it. */
export const handler = fromHttp('start-by-hand', ports.telemetry, async (request) => {
  const isList = request.routeKey === 'GET /start';
  const named = Named.safeParse(request.pathParameters);
  if (!(isList || named.success)) return asAnswer(renderUnknownPage());
  const { workflow, trigger } = named.data ?? { workflow: '', trigger: '' };
  const path = isList ? '/start' : `/start/${workflow}/${trigger}`;
  const signedIn = await signedInOf(ports, request);
  const isSent = request.requestContext.http.method === 'POST';
  if (signedIn === null) {
    return isSent ? goOnToSignIn(ports, path) : redirectToSignIn(ports, { returnTo: path, isFresh: false });
  }
  if (isList) return asAnswer(renderStartListPage(formsOf(signedIn), placeOf('.', signedIn)));
  const person = signedIn.session.email;
  const form = formFor(workflows, { workflow, trigger, person });
  if (form === null) return asAnswer(renderUnknownPage());
  return isSent ? sent(request, signedIn, form) : asAnswer(shown(request, signedIn, form));
});

const Named = z.object({ workflow: Slug, trigger: Slug });

function formsOf({ session }: SignedIn): Startable[] {
  return startableBy(workflows, session.email).map(wordsOf);
}

function wordsOf({ workflow, definition }: StartForm): Startable {
  const { id, title, team } = workflow;
  return { workflow: { id, title, team: team.name }, trigger: definition.id, when: definition.when };
}

function shown(request: HttpRequest, signedIn: SignedIn, form: StartForm) {
  const started = CaseId.safeParse(request.queryStringParameters?.['started']);
  return renderStartPage({ ...viewOf(signedIn, form), started: started.data ?? null });
}

async function sent(request: HttpRequest, signedIn: SignedIn, form: StartForm): Promise<HttpAnswer> {
  if (!isOwnForm(request, signedIn, ports.publicUrl)) return asAnswer(renderForeignFormPage(request.routeKey));
  const view = viewOf(signedIn, form);
  const body = formOf(request);
  const { filled, once, problems, marked } = readStartForm(body, view);
  const again = (wrong: readonly string[]): HttpAnswer =>
    asAnswer(renderStartPage({ ...view, once, wrong: { body, problems: wrong, marked } }));
  if (problems.length > 0) return again(problems);
  const { workflow, trigger } = view;
  const by = signedIn.session.email;
  const command = startByHand.input.safeParse({ workflow: workflow.id, trigger, filled, by, id: once });
  if (!command.success) return asAnswer(renderForeignFormPage(request.routeKey));
  const receipt = await startByHand.run(ports, command.data);
  if (receipt.kind === 'unknown') return asAnswer(renderUnknownPage());
  if (receipt.kind === 'wrong') return again(receipt.problems);
  return seeOther(`${ports.publicUrl}/start/${workflow.id}/${trigger}?started=${receipt.caseId}`);
}

function viewOf(signedIn: SignedIn, { workflow, definition }: StartForm): StartView {
  const { root: _root, ...place } = placeOf('..', signedIn);
  return {
    ...wordsOf({ workflow, definition }),
    place,
    form: JsonObject.parse(jsonSchemaOf(definition.form)),
    labels: workflow.labels,
    once: ports.ids.linkSecret(),
    wrong: null,
    started: null,
  };
}
