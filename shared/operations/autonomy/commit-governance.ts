import type { Settings } from '../../contracts/index.ts';
import { governanceCase, governanceCaseId } from '../../domain/governance-case.ts';
import { EMPTY_LEDGER } from '../../domain/ledger.ts';
import { type CaseStore, type CaseWrite, ConflictError } from '../../ports/index.ts';

type GovernanceWrite = Pick<
  CaseWrite,
  'atMs' | 'events' | 'actions' | 'changedRequest' | 'changedSettings' | 'spotDraw'
>;

/**
 * Writes into the governance ledger of a workflow, and what belongs to it in the same transaction. The first write opens
 * the ledger.
 * @throws ConflictError as CaseStore.commit does.
 */
export async function commitGovernance(
  cases: CaseStore,
  settings: Settings,
  version: string,
  write: GovernanceWrite,
): Promise<void> {
  const { workflow } = settings;
  const caseId = governanceCaseId(workflow);
  const known = await cases.get(caseId);
  const cursor = known?.ledger ?? (await open(cases, settings, version, write.atMs));
  await cases.commit({ caseId, workflow, cursor, ...write });
}

async function open(cases: CaseStore, settings: Settings, version: string, atMs: number): Promise<CaseWrite['cursor']> {
  const fresh = governanceCase(settings, { workflow: version, code: '' }, atMs);
  const { id: caseId, workflow, trigger, eventId, input, problems, versions } = fresh;
  const event = { type: 'case-opened' as const, workflow, trigger, eventId, input, problems, settings, versions };
  try {
    return await cases.commit({ caseId, workflow, cursor: EMPTY_LEDGER, atMs, events: [event], opened: fresh });
  } catch (error) {
    if (error instanceof ConflictError && error.kind === 'case-exists') return null;
    throw error;
  }
}
