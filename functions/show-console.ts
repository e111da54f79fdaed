import { findWorkflow, workflows } from '../agents/index.ts';
import { CaseId, Slug } from '../shared/contracts/index.ts';
import type { Page } from '../shared/pages/page-shell.ts';
import { type SignedIn, signedInOf } from './triggers/browser.ts';
import { fromHttp, type HttpRequest } from './triggers/http.ts';
import { asAnswer, unknownAnswer } from './triggers/pages.ts';
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

/** Each page is loaded when somebody looks at it. */
const ROUTES: Readonly<Record<string, Show>> = {
  'GET /cases': async (signedIn, { queryStringParameters: query = {} }) => {
    const { casesPage } = await import('./console/cases.ts');
    return casesPage(ports, signedIn, query);
  },
  'GET /cases/{id}': async (signedIn, { pathParameters: path = {} }) => {
    const { casePage } = await import('./console/cases.ts');
    const id = CaseId.safeParse(path['id']);
    return id.success ? casePage(ports, signedIn, id.data) : null;
  },
  'GET /cases/{id}/overturn': async (signedIn, request) => {
    const id = CaseId.safeParse(request.pathParameters?.['id']);
    if (!id.success) return null;
    const { overturnPage } = await import('./console/overturning.ts');
    const { draftOf } = await import('./people/draft.ts');
    return overturnPage(ports, signedIn, { caseId: id.data, draft: await draftOf(ports, request, id.data) });
  },
  'GET /workflows': async (signedIn) => {
    const { workflowsPage } = await import('./console/workflows.ts');
    return workflowsPage(ports, signedIn);
  },
  'GET /workflows/{id}': async (signedIn, { pathParameters: path = {} }) => {
    const { workflowPage } = await import('./console/workflows.ts');
    const id = Slug.safeParse(path['id']);
    return id.success ? workflowPage(ports, signedIn, id.data) : null;
  },
};

/** What the agents decided and how each workflow stands, for the people of its team and for operators. Changes nothing. */
export const handler = fromHttp('show-console', telemetry(), async (request) => {
  const show = ROUTES[request.routeKey];
  if (show === undefined) return unknownAnswer();
  const signedIn = await signedInOf(ports, request);
  if (signedIn === null) {
    const { redirectToSignIn } = await import('./people/sign-in-redirect.ts');
    return redirectToSignIn(ports, { returnTo: request.rawPath, isFresh: false });
  }
  const page = await show(signedIn, request);
  return page === null ? unknownAnswer() : asAnswer(page);
});
