import type { Workflow } from '../../authoring/index.ts';
import type { Proof, Reader } from '../../contracts/index.ts';
import { identifyingFields } from '../../domain/subjects.ts';
import { membershipOf } from '../../domain/team-members.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  type ErasureStore,
  type SettingsStore,
  type StoredDocument,
} from '../../ports/index.ts';
import { commitGovernance } from '../autonomy/commit-governance.ts';
import { ownSettings } from '../current-settings.ts';

export interface EraseEvaluationsPorts {
  readonly workflows: readonly Workflow[];
  readonly cases: CaseStore;
  readonly settings: SettingsStore;
  readonly erasures: Pick<ErasureStore, 'evaluationRows' | 'remove'>;
  readonly clock: Clock;
}

/** What reports of evaluations hold of a person who stands in labelled examples. */
export interface EvaluationTraces {
  readonly workflow: string;
  /** By place: rows of reports, and models that learned from them. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface TracesOf {
  readonly reader: Reader;
  /** As `subjectName` writes it. */
  readonly name: string;
}

/** Says what is there; nothing is changed. Of workflows that the reader owns, or of all for an operator. */
export async function evaluationTraces(
  ports: EraseEvaluationsPorts,
  of: TracesOf,
): Promise<readonly EvaluationTraces[]> {
  const found = await documentsOf(ports, of);
  return found.map(({ workflow, documents }) => ({ workflow: workflow.id, counts: countsOf(documents) }));
}

/**
 * Takes the rows of a person out of every report, and the models that learned from them. Figures and digests stay as they are.
 * That it is done, and how much, is in the governance ledger of the workflow first.
 */
export async function eraseFromEvaluations(
  ports: EraseEvaluationsPorts,
  { proof, reason, ...of }: TracesOf & { readonly proof: Proof; readonly reason: string },
): Promise<readonly EvaluationTraces[]> {
  const found = await documentsOf(ports, of);
  for (const { workflow, documents } of found) {
    const counts = countsOf(documents);
    await note(ports, workflow, { by: of.reader.person, proof, reason, counts });
    for (const document of documents) await ports.erasures.remove(document);
  }
  return found.map(({ workflow, documents }) => ({ workflow: workflow.id, counts: countsOf(documents) }));
}

interface Found {
  readonly workflow: Workflow;
  readonly documents: readonly StoredDocument[];
}

async function documentsOf(ports: EraseEvaluationsPorts, { reader, name }: TracesOf): Promise<Found[]> {
  const own = ports.workflows.filter(
    (workflow) => reader.isOperator || membershipOf(workflow, reader.person) === 'owner',
  );
  const found: Found[] = [];
  for (const workflow of own) {
    const documents = await ports.erasures.evaluationRows(workflow.id, [name]);
    if (documents.length > 0) found.push({ workflow, documents });
  }
  return found;
}

function countsOf(documents: readonly StoredDocument[]): Readonly<Record<string, number>> {
  const places = Map.groupBy(documents, ({ place }) => place);
  return Object.fromEntries([...places].map(([place, all]) => [place, all.length]));
}

const MOST_TRIES = 5;

/** Somebody else may write into the same ledger in the same moment. */
async function note(
  { cases, settings, clock }: EraseEvaluationsPorts,
  workflow: Workflow,
  said: { by: string; proof: Proof; reason: string; counts: Readonly<Record<string, number>> },
): Promise<void> {
  const fields = identifyingFields(workflow.input).map((path) => path.join('.'));
  const event = {
    type: 'subject-erased' as const,
    ...said,
    counts: { ...said.counts },
    because: 'asked' as const,
    fields,
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const own = await ownSettings(settings, workflow);
      await commitGovernance(cases, own.settings, '', { atMs: clock.nowMs(), events: [event] });
      return;
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === MOST_TRIES) throw error;
    }
  }
}
