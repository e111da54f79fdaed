import type * as z from 'zod';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { Case, CaseId, JsonObject } from '../../shared/contracts/index.ts';
import { isGovernance } from '../../shared/domain/governance-case.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import { mayOverturn } from '../../shared/domain/may-overturn.ts';
import { mayRead } from '../../shared/domain/team-members.ts';
import { ListCases, listCases, type ReadCasesPorts, readCase } from '../../shared/operations/read-cases.ts';
import { renderCasePage } from '../../shared/pages/console/case-page.ts';
import { MOST_LISTED, renderCasesPage } from '../../shared/pages/console/cases-page.ts';
import type { Page } from '../../shared/pages/page-shell.ts';
import type { Clock } from '../../shared/ports/index.ts';
import { frameOf } from '../people/frame.ts';
import type { SignedIn } from '../triggers/browser.ts';
import { readerOf } from '../triggers/signed-in.ts';

export interface CasesPagePorts extends ReadCasesPorts {
  readonly clock: Clock;
}

/** The newest cases, of all workflows or one; what the query asks for and does not make sense is left out. */
export async function casesPage(
  ports: CasesPagePorts,
  signedIn: SignedIn,
  { workflow, state, after }: Readonly<Record<string, string | undefined>>,
): Promise<Page> {
  const reader = readerOf(signedIn.session);
  const readable = ports.workflows.filter((one) => mayRead(one, reader));
  const chosen = readable.find(({ id }) => id === workflow);
  const wish = ListCases.safeParse({
    ...{ workflow: chosen?.id, state: state === '' ? undefined : state, limit: MOST_LISTED, reader },
    ...(chosen === undefined ? {} : { cursor: after }),
  });
  const wanted = wish.data ?? ListCases.parse({ workflow: chosen?.id, limit: MOST_LISTED, reader });
  const { items, next } = await fromKnownPlace(ports, wanted);
  return renderCasesPage({
    ...frameOf(ports, signedIn, '.'),
    workflows: readable.map(({ id, title }) => ({ id, title })),
    chosen: { workflow: chosen?.id ?? '', state: wanted.state ?? '' },
    cases: items.flatMap((one) => {
      const of = readable.find(({ id }) => id === one.workflow);
      return of === undefined ? [] : [{ case: one, subject: subjectOf(of, one), workflow: of.title }];
    }),
    next: chosen === undefined ? null : next,
  });
}

/** From the newest where the place to go on from is none of ours. */
async function fromKnownPlace(ports: CasesPagePorts, wanted: z.infer<typeof ListCases>) {
  try {
    return await listCases.run(ports, wanted);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return listCases.run(ports, { ...wanted, cursor: undefined });
  }
}

/** Null where there is none, or it is another team's. */
export async function casePage(ports: CasesPagePorts, signedIn: SignedIn, caseId: CaseId): Promise<Page | null> {
  const reader = readerOf(signedIn.session);
  const whole = await readCase.run(ports, { caseId, withLedger: true, reader });
  const workflow = ports.workflows.find(({ id }) => id === whole?.case.workflow);
  if (whole === null || workflow === undefined) return null;
  const ledger = whole.ledger ?? [];
  const checked = whole.isWithheld ? null : verifyChain(ledger, whole.case.ledger);
  return renderCasePage({
    ...frameOf(ports, signedIn, '..'),
    workflow: {
      ...{ id: workflow.id, title: workflow.title, team: workflow.team.name, labels: workflow.labels },
      subject: subjectOf(workflow, whole.case),
      agents: Object.fromEntries(workflow.agents.map(({ id, title }) => [id, title])),
    },
    sourceTitles: Object.fromEntries(Object.entries(workflow.sources).map(([id, { title }]) => [id, title])),
    ...{ case: whole.case, actions: whole.actions, requests: whole.requests, ledger, isWithheld: whole.isWithheld },
    mayOverturn: whole.case.state === 'closed' && !whole.isWithheld && mayOverturn(workflow, whole.case, reader.person),
    chainProblem: checked === null || checked.ok ? null : checked.problem,
  });
}

/** Empty where a case is told apart by nothing but its id: its input could not be read, or was erased. */
function subjectOf(workflow: Workflow, one: Case): string {
  if (isGovernance(one)) return `Limits of ${workflow.title}`;
  if (one.problems.length > 0 || one.erasedAtMs !== undefined) return '';
  return workflow.subject(one.input as JsonObject);
}
