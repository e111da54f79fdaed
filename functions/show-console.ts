import { findWorkflow, workflows } from '../agents/index.ts';
import { CaseId, Slug } from '../shared/contracts/index.ts';
import { type Page, renderUnknownPage } from '../shared/pages/index.ts';
import { casePage, casesPage } from './console/cases.ts';
import { overturnPage } from './console/overturning.ts';
import { workflowPage, workflowsPage } from './console/workflows.ts';
import { draftOf } from './people/draft.ts';
import { redirectToSignIn } from './people/sign-in-redirect.ts';
import { type SignedIn, signedInOf } from './triggers/browser.ts';
import { fromHttp, type HttpRequest } from './triggers/http.ts';
import { asAnswer } from './triggers/pages.ts';
import {
  cases,
  clock,
  evaluations,
  ids,
  publicUrl,
  records,
  requests,
  settings,
  shapes,
  signIn,
  telemetry,
  versionsOf,
} from './wiring.ts';

const ports = {
  ...{ workflows, findWorkflow, cases: cases(), requests: requests(), records: records(), settings: settings() },
  ...{
    evaluations: evaluations(),
    shapes: shapes(),
    versionsOf: versionsOf(),
    signIn: signIn(),
    publicUrl: publicUrl(),
    clock,
    ids,
  },
};

/** Null for what is not there, or not for who looks. */
type Show = (signedIn: SignedIn, request: HttpRequest) => Promise<Page | null>;

const ROUTES: Readonly<Record<string, Show>> = {
  'GET /cases': (signedIn, { queryStringParameters: query = {} }) => casesPage(ports, signedIn, query),
  'GET /cases/{id}': async (signedIn, { pathParameters: path = {} }) => {
    const id = CaseId.safeParse(path['id']);
    return id.success ? casePage(ports, signedIn, id.data) : null;
  },
  'GET /cases/{id}/overturn': async (signedIn, request) => {
    const id = CaseId.safeParse(request.pathParameters?.['id']);
    if (!id.success) return null;
    return overturnPage(ports, signedIn, { caseId: id.data, draft: await draftOf(ports, request, id.data) });
  },
  'GET /workflows': (signedIn) => workflowsPage(ports, signedIn),
  'GET /workflows/{id}': async (signedIn, { pathParameters: path = {} }) => {
    const id = Slug.safeParse(path['id']);
    return id.success ? workflowPage(ports, signedIn, id.data) : null;
  },
};

/** What the agents decided and how each workflow stands, for the people of its team and for operators. Changes nothing. */
export const handler = fromHttp('show-console', telemetry(), async (request) => {
  const show = ROUTES[request.routeKey];
  if (show === undefined) return asAnswer(renderUnknownPage());
  const signedIn = await signedInOf(ports, request);
  if (signedIn === null) return redirectToSignIn(ports, { returnTo: request.rawPath, isFresh: false });
  return asAnswer((await show(signedIn, request)) ?? renderUnknownPage());
});
