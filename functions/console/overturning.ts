import type { CaseId, JsonObject } from '../../shared/contracts/index.ts';
import { readOverturning, type ToOverturn } from '../../shared/operations/console/read-overturning.ts';
import type { ReadCasesPorts } from '../../shared/operations/read-cases.ts';
import type { ConsequencePorts } from '../../shared/operations/read-consequences.ts';
import { type NotOverturned, type OverturnView, renderOverturnPage } from '../../shared/pages/console/overturn-page.ts';
import type { Page } from '../../shared/pages/page-shell.ts';
import { readSubmitted } from '../../shared/pages/read-answer-form.ts';
import { placeOf } from '../people/answering.ts';
import type { SignedIn } from '../triggers/browser.ts';
import { readerOf } from '../triggers/signed-in.ts';

export type OverturnPagePorts = ReadCasesPorts & ConsequencePorts;

/**
 * The page that leads to an overturning; null where there is none for whoever looks.
 * @param draft the form as it was typed before a sign-in; null for none.
 */
export async function overturnPage(
  ports: OverturnPagePorts,
  signedIn: SignedIn,
  { caseId, draft }: { readonly caseId: CaseId; readonly draft: string | null },
): Promise<Page | null> {
  const view = await overturnView(ports, signedIn, caseId);
  if (view === null) return null;
  return renderOverturnPage(view, draft === null ? null : typedBefore(view, draft));
}

/** What was typed in a form that was shown before, and whether it was bound to something else than there is now. */
export function typedBefore(view: OverturnView, body: string): NotOverturned {
  const submitted = readSubmitted(body);
  return { status: 200, submitted, problems: [], marked: [], isChanged: submitted.get('digest')?.[0] !== view.digest };
}

export async function overturnView(
  ports: OverturnPagePorts,
  signedIn: SignedIn,
  caseId: CaseId,
): Promise<OverturnView | null> {
  const found = await readOverturning.run(ports, { caseId, reader: readerOf(signedIn.session) });
  return found === null ? null : viewOf(found, signedIn);
}

function viewOf({ case: one, decision, workflow, consequences, form, labels }: ToOverturn, signedIn: SignedIn) {
  const { cases, isWhole, digest } = consequences;
  return {
    ...{ place: placeOf('../..', signedIn), caseId: one.id, decision, form, labels, cases, isWhole, digest },
    workflow: { title: workflow.title, team: workflow.team.name },
    subject: one.problems.length > 0 ? '' : workflow.subject(one.input as JsonObject),
  };
}
