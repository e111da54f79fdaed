import type { Workflow } from '../authoring/index.ts';
import type { PersonRequest } from '../contracts/index.ts';
import type { CaseStore, CaseWithAction, RequestStore } from '../ports/index.ts';
import type { AskSubject } from './requests/new-request.ts';

export type LoadedRequest = AskSubject & { readonly request: PersonRequest };

interface LoadPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
}

/** A request with what it is about; null when there is none of that id. */
export async function loadRequest(ports: LoadPorts, requestId: string): Promise<LoadedRequest | null> {
  const request = await ports.requests.get(requestId);
  if (request === null) return null;
  const { caseId, actionId } = request;
  const { case: case_, action } = await caseAndAction(ports.cases, caseId, actionId);
  const workflow = ports.findWorkflow(request.workflow);
  if (case_ === null || workflow === null) return null;
  return { request, case: case_, action, workflow };
}

/** A case with the action that a question is about; null for none. */
export async function caseAndAction(
  cases: CaseStore,
  caseId: string,
  actionId: string | null,
): Promise<Pick<CaseWithAction, 'case' | 'action'>> {
  return actionId === null ? { case: await cases.get(caseId), action: null } : cases.caseAndAction(caseId, actionId);
}
