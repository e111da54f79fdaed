import { CaseId } from '../../shared/contracts/index.ts';
import { proofOf } from '../../shared/domain/session-proof.ts';
import { OverturnCase, type OverturnPorts, overturnCase } from '../../shared/operations/overturn-case.ts';
import type { BeginSignInPorts } from '../../shared/operations/sign-in/begin-sign-in.ts';
import { type OverturnView, renderOverturnPage } from '../../shared/pages/console/overturn-page.ts';
import { readOverturnForm } from '../../shared/pages/console/read-overturn-form.ts';
import { renderForeignFormPage } from '../../shared/pages/sign-in-pages.ts';
import { renderUnknownPage } from '../../shared/pages/unknown-page.ts';
import { type OverturnPagePorts, overturnView, typedBefore } from '../console/overturning.ts';
import { signInAgain } from '../people/sign-in-redirect.ts';
import { type BrowserPorts, formOf, isOwnForm, type SignedIn, signedInOf } from '../triggers/browser.ts';
import { dropCookie } from '../triggers/cookies.ts';
import type { HttpAnswer, HttpRequest } from '../triggers/http.ts';
import { asAnswer, seeOther } from '../triggers/pages.ts';

type Ports = OverturnPorts & OverturnPagePorts & BrowserPorts & BeginSignInPorts;

/** The form of the page that shows what was done because of a decision. */
export async function overturnByForm(ports: Ports, request: HttpRequest): Promise<HttpAnswer> {
  const id = CaseId.safeParse(request.pathParameters?.['id']);
  if (!id.success) return asAnswer(renderUnknownPage());
  const signedIn = await signedInOf(ports, request);
  if (signedIn === null) {
    const isThere = (await ports.cases.get(id.data)) !== null;
    return signInAgain(ports, request, { returnTo: `/cases/${id.data}/overturn`, about: { id: id.data, isThere } });
  }
  if (!isOwnForm(request, signedIn, ports.publicUrl)) return asAnswer(renderForeignFormPage(request.routeKey));
  const view = await overturnView(ports, signedIn, id.data);
  if (view === null) return asAnswer(renderUnknownPage());
  return overturn(ports, { view, signedIn, body: formOf(request) });
}

interface Sent {
  /** The page as it would be shown now. */
  readonly view: OverturnView;
  readonly signedIn: SignedIn;
  readonly body: string;
}

async function overturn(ports: Ports, { view, signedIn, body }: Sent): Promise<HttpAnswer> {
  const { session } = signedIn;
  const form = readOverturnForm(body, view);
  if ('problems' in form) return again({ view, body }, { status: 422, ...form });
  const command = OverturnCase.safeParse({
    ...{ ...form, caseId: view.caseId, by: session.email, channel: 'page' },
    proof: proofOf(session.signedInAtMs, ports.clock.nowMs()),
  });
  if (!command.success) {
    const problems = command.error.issues.map(({ message }) => message);
    return again({ view, body }, { status: 422, problems });
  }
  const overturned = await overturnCase.run(ports, command.data);
  switch (overturned.kind) {
    case 'overturned':
      return seeOther(`${ports.publicUrl}/cases/${view.caseId}`, [dropCookie('draft', ports.publicUrl)]);
    case 'changed': {
      const now = await overturnView(ports, signedIn, view.caseId);
      return now === null
        ? asAnswer(renderUnknownPage())
        : again({ view: now, body }, { status: 409, isChanged: true });
    }
    case 'incomplete':
      return again({ view, body }, { status: 422, problems: [overturned.problem] });
    case 'not-allowed':
      return again({ view, body }, { status: 403, problems: [overturned.problem] });
    case 'unknown':
      return asAnswer(renderUnknownPage());
  }
}

interface Refusal {
  readonly status: number;
  readonly problems?: readonly string[];
  readonly marked?: readonly string[];
  readonly isChanged?: boolean;
}

/** The form again, with what was typed. What it is bound to now may be another thing than before, which is said then. */
function again(
  { view, body }: Pick<Sent, 'view' | 'body'>,
  { status, problems = [], marked = [], isChanged = false }: Refusal,
): HttpAnswer {
  const typed = typedBefore(view, body);
  const isOther = isChanged || typed.isChanged;
  return asAnswer(renderOverturnPage(view, { ...typed, status, problems, marked, isChanged: isOther }));
}
