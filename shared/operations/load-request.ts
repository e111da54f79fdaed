import type { Workflow } from '../authoring/index.ts';
import type { PersonRequest } from '../contracts/index.ts';
import type { CaseStore, RequestStore } from '../ports/index.ts';
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
  const [case_, action] = await Promise.all([
    ports.cases.get(caseId),
    actionId === null ? null : ports.cases.action(caseId, actionId),
  ]);
  const workflow = ports.findWorkflow(request.workflow);
  if (case_ === null || workflow === null) return null;
  return { request, case: case_, action, workflow };
}
