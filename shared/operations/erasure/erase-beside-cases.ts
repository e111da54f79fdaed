import type { Workflow } from '../../authoring/index.ts';
import { BroughtText, type Json, type Proof, type Reader } from '../../contracts/index.ts';
import { withoutLinesOf } from '../../domain/erasure/erased-lines.ts';
import { identifyingFields } from '../../domain/erasure/subjects.ts';
import { membershipOf } from '../../domain/team-members.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  type DeadLetters,
  type ErasureStore,
  type SettingsStore,
  type StoredDocument,
  type Telemetry,
} from '../../ports/index.ts';
import { commitGovernance } from '../autonomy/commit-governance.ts';
import { ownSettings } from '../current-settings.ts';
import { deadLettersOf, eraseDeadLetters, type LettersOf } from './dead-letters-of.ts';
import { takeOut } from './take-out.ts';

export interface EraseBesideCasesPorts {
  readonly workflows: readonly Workflow[];
  readonly cases: CaseStore;
  readonly settings: SettingsStore;
  readonly erasures: Pick<ErasureStore, 'besideCases' | 'remove' | 'rewrite'>;
  readonly deadLetters: DeadLetters;
  readonly clock: Clock;
  readonly telemetry: Pick<Telemetry, 'log'>;
}

/** What is kept of a person, of whom there need be no case. */
export interface TracesBesideCases {
  /** Null for dead letters that are of none. */
  readonly workflow: string | null;
  /**
   * By place: rows of reports of evaluations, models that learned from them, files whose lines are no cases yet, and dead
   * letters.
   */
  readonly counts: Readonly<Record<string, number>>;
}

export interface TracesOf {
  readonly reader: Reader;
  /** As `subjectName` writes it. */
  readonly name: string;
}

/** Says what is there; nothing is changed. Of workflows that the reader owns, or of all for an operator. */
export async function tracesBesideCases(
  ports: EraseBesideCasesPorts,
  of: TracesOf,
): Promise<readonly TracesBesideCases[]> {
  return (await foundBeside(ports, of)).map(({ workflow, counts }) => ({ workflow: workflow?.id ?? null, counts }));
}

/**
 * Takes the rows of a person out of every report, the models that learned from them, the person's lines out of files that
 * wait, and what could not be handled out of the dead letters. Figures and digests stay as they are. That it is done, and how
 * much, is in the governance ledger of the workflow first; of letters of no workflow the log says it.
 */
export async function eraseBesideCases(
  ports: EraseBesideCasesPorts,
  { proof, reason, ...of }: TracesOf & { readonly proof: Proof; readonly reason: string },
): Promise<readonly TracesBesideCases[]> {
  const found = await foundBeside(ports, of);
  for (const { workflow, counts, documents } of found) {
    if (workflow === null) ports.telemetry.log('letters-of-no-workflow-erased', { ...counts });
    else await note(ports, workflow, { by: of.reader.person, proof, reason, counts });
    for (const { document, left } of documents) await takeOut(ports.erasures, document, left);
  }
  if (found.some(({ counts }) => DEAD_LETTERS in counts))
    await eraseDeadLetters(ports.deadLetters, lettersOf(ports, of));
  return found.map(({ workflow, counts }) => ({ workflow: workflow?.id ?? null, counts }));
}

const DEAD_LETTERS = 'dead-letters';

interface Found {
  readonly workflow: Workflow | null;
  readonly documents: readonly Trace[];
  readonly counts: Readonly<Record<string, number>>;
}

interface Trace {
  readonly document: StoredDocument;
  /** What of it is not the person's; null where all of it is. */
  readonly left: Json | null;
}

async function foundBeside(ports: EraseBesideCasesPorts, of: TracesOf): Promise<Found[]> {
  const letters = await deadLettersOf(ports.deadLetters, lettersOf(ports, of));
  const found: Found[] = [];
  for (const workflow of ownOf(ports, of)) {
    const all = await ports.erasures.besideCases(workflow.id, [of.name]);
    const documents = all.flatMap((one) => tracesIn(one, of.name));
    found.push({ workflow, documents, counts: { ...countsOf(documents), ...lettersIn(letters, workflow.id) } });
  }
  return [...found, { workflow: null, documents: [], counts: lettersIn(letters, null) }].filter(
    ({ counts }) => Object.keys(counts).length > 0,
  );
}

function ownOf({ workflows }: EraseBesideCasesPorts, { reader }: TracesOf): readonly Workflow[] {
  return workflows.filter((workflow) => reader.isOperator || membershipOf(workflow, reader.person) === 'owner');
}

/** One that is of no workflow, or of one that is deployed no more, is found by operators. */
function lettersOf(ports: EraseBesideCasesPorts, of: TracesOf): LettersOf {
  const workflows = new Set(ownOf(ports, of).map(({ id }) => id));
  return { name: of.name, workflows, others: of.reader.isOperator };
}

function lettersIn(letters: ReadonlyMap<string | null, number>, workflow: string | null): Record<string, number> {
  const count = letters.get(workflow) ?? 0;
  return count === 0 ? {} : { [DEAD_LETTERS]: count };
}

function tracesIn(document: StoredDocument, name: string): Trace[] {
  if (document.place !== 'waiting-files') return [{ document, left: null }];
  const { source, ...brought } = BroughtText.parse(document.body);
  const { file, lines } = withoutLinesOf(source.file, [name]);
  return lines === 0 ? [] : [{ document, left: { ...brought, source: { file } } }];
}

function countsOf(documents: readonly Trace[]): Readonly<Record<string, number>> {
  const places = Map.groupBy(documents, ({ document }) => document.place);
  return Object.fromEntries([...places].map(([place, all]) => [place, all.length]));
}

const MOST_TRIES = 5;

/** Somebody else may write into the same ledger in the same moment. */
async function note(
  { cases, settings, clock }: EraseBesideCasesPorts,
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
