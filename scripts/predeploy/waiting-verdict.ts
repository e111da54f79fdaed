import type { Workflow } from '../../shared/authoring/index.ts';
import type { PersonRequest } from '../../shared/contracts/index.ts';
import { isSamePerson, resolvePeople } from '../../shared/domain/people.ts';

/**
 * What a deploy of this tree means for a question that waits.
 * - `unchanged`: it was asked by the version of this tree.
 * - `pinned`: its case ends on the version that it began with; `because` says what would break if it did not.
 * - `stranded`: nobody could open or answer it any more.
 */
export interface WaitingVerdict {
  readonly requestId: string;
  readonly caseId: string;
  readonly workflow: string;
  readonly question: string;
  readonly deadlineMs: number;
  readonly fate: 'unchanged' | 'pinned' | 'stranded';
  readonly because: readonly string[];
}

/** @param workflow the one of this tree; null where it has none of that id. @param version what its cases are pinned to. */
export function waitingVerdict(request: PersonRequest, workflow: Workflow | null, version: string): WaitingVerdict {
  const { id: requestId, caseId, question, deadlineMs } = request;
  const about = { requestId, caseId, workflow: request.workflow, question, deadlineMs };
  if (workflow === null) {
    return {
      ...about,
      fate: 'stranded',
      because: [`workflow ${request.workflow} is not in this tree: keep it until this is answered`],
    };
  }
  if (request.version === version) return { ...about, fate: 'unchanged', because: [] };
  return { ...about, fate: 'pinned', because: breaks(request, workflow) };
}

/** What of the question is not as this tree has it. */
function breaks(request: PersonRequest, workflow: Workflow): string[] {
  const name = request.actionId?.split('#')[0] ?? null;
  const definition = name === null ? null : workflow.actions[name];
  if (definition === undefined) {
    return [`action ${name} is gone: it can be approved or rejected as it stands, and not be edited`];
  }
  const schema = definition === null ? workflow.decision : definition.connector.arguments;
  const isDraft = Object.keys(request.draft).length > 0;
  return [
    ...(isDraft && !schema.safeParse(request.draft).success
      ? [`its values do not fit the schema of ${name ?? 'the decision'} any more`]
      : []),
    ...lostPeople(request, workflow, definition?.approval.people ?? []),
  ];
}

function lostPeople(
  { people }: PersonRequest,
  { team }: Workflow,
  named: Parameters<typeof resolvePeople>[0],
): string[] {
  const rules = named.length === 0 ? team.approvers : named;
  // A field of the case can name anybody; only addresses and roles can be compared.
  if (rules.some((rule) => typeof rule === 'object' && 'field' in rule)) return [];
  const now = resolvePeople(rules, team, {});
  const lost = people.filter((person) => !now.some((other) => isSamePerson(other, person)));
  return lost.map((person) => `${person} is asked, and would not be any more`);
}
