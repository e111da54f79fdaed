import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import type { Case, CaseEvent, Json, JsonObject, KeptMail, LedgerEntry, Proof } from '../../contracts/index.ts';
import { ERASED_TEXT, personalParts, withoutParts } from '../../domain/erasure/erased-form.ts';
import { identifyingFields, subjectsOf } from '../../domain/erasure/subjects.ts';
import { markedFields } from '../../domain/marked-fields.ts';
import { valuesAt } from '../../domain/masking.ts';
import { type Eraser, erase } from '../../domain/salted-tree.ts';
import type {
  CaseStore,
  Clock,
  ErasureList,
  ErasureStore,
  Files,
  StoredDocument,
  SubjectDigests,
} from '../../ports/index.ts';
import { erasableBy } from './erasable-by.ts';
import { takeOut } from './take-out.ts';

export interface ErasePorts {
  readonly cases: CaseStore;
  readonly erasures: ErasureStore;
  readonly subjects: SubjectDigests;
  readonly files: Pick<Files, 'remove'>;
  readonly clock: Clock;
}

/** How much there is, or was, by place: parts of the head and the ledger, and things kept. */
export type ErasureCounts = Readonly<Record<string, number>>;

export interface Erasable {
  readonly case_: Case;
  readonly workflow: Workflow;
}

export interface ErasureWish {
  readonly by: string;
  readonly proof: Proof | null;
  readonly reason: string;
  readonly because: 'asked' | 'retention';
}

/** What would be taken out of a case; nothing is changed. */
export async function surveyCase(ports: ErasePorts, erasable: Erasable): Promise<ErasureCounts> {
  return countsOf(await planOf(ports, erasable));
}

/**
 * Takes out of a case what is personal, in an order that may break off anywhere and be begun again: first the ledger says so
 * and the head holds nothing any more, in one write; then what is beside them; then the events, the newest first, each of
 * which keeps its hash, see domain/salted-tree.ts. The event that opened the case says whom it is about, so it is emptied
 * when that is needed no more; and `foundBy`, the list that led to the case, is left last of all.
 * @returns how much was there; of a case that was begun before, what was left.
 * @throws ConflictError `ledger-moved` where somebody writes to the case at the same time.
 */
export async function eraseCase(
  ports: ErasePorts,
  erasable: Erasable,
  { foundBy, ...wish }: ErasureWish & { readonly foundBy: ErasureList },
): Promise<ErasureCounts> {
  const { case_, workflow } = erasable;
  const plan = await planOf(ports, erasable);
  const counts = countsOf(plan);
  if (case_.erasedAtMs === undefined) {
    await ports.cases.commit({
      ...{ caseId: case_.id, workflow: case_.workflow, cursor: case_.ledger, atMs: ports.clock.nowMs() },
      events: [erasedEvent(workflow, wish, counts)],
      expectUnmoved: true,
      head: { ...plan.head, erasedAtMs: ports.clock.nowMs() },
    });
  }
  if (plan.mail !== null) await ports.files.remove(plan.mail);
  // One that was changed meanwhile is looked at again by the next call: the case stays in its lists.
  for (const document of plan.documents) {
    const left = document.body === null ? null : withoutParts(document.body, plan.eraser).value;
    await takeOut(ports.erasures, document, left);
  }
  const [opened, ...others] = plan.entries;
  for (const entry of others.toReversed()) await ports.erasures.rewriteEntry(entry);
  for (const list of await listsOf(ports, erasable, plan)) {
    if (!isDeepStrictEqual(list, foundBy)) await ports.erasures.unlist(case_.id, list);
  }
  if (opened !== undefined) await ports.erasures.rewriteEntry(opened);
  await ports.erasures.unlist(case_.id, foundBy);
  return counts;
}

/**
 * Whether a person is among those whom a case is about. Of a workflow that is deployed no more, nobody knows which fields
 * identify, so every address counts.
 */
export async function isAbout(
  ports: Pick<ErasePorts, 'cases'>,
  { case_, workflow }: { readonly case_: Case; readonly workflow: Workflow | null },
  name: string,
): Promise<boolean> {
  const { input, problems } = openedIn(case_, await ports.cases.ledger(case_.id));
  const schema = workflow?.input ?? z.unknown();
  return subjectsOf(schema, input, workflow !== null && problems.length === 0).includes(name);
}

interface Plan {
  readonly eraser: Eraser;
  readonly opened: Opened;
  readonly head: Partial<Case>;
  readonly headParts: number;
  /** Those that lose something, as they are without it. */
  readonly entries: readonly LedgerEntry[];
  readonly entryParts: number;
  readonly documents: readonly StoredDocument[];
  /** That brought it, as it is kept; null for none. */
  readonly mail: KeptMail | null;
}

async function planOf(ports: ErasePorts, { case_, workflow }: Erasable): Promise<Plan> {
  const ledger = await ports.cases.ledger(case_.id);
  const opened = openedIn(case_, ledger);
  const names = subjectsOf(workflow.input, opened.input, opened.problems.length === 0);
  const personal = markedFields(workflow.input, 'personal').flatMap(({ path }) => valuesAt(opened.input, path));
  const eraser = personalParts([...names, ...personal]);
  const documents = await ports.erasures.documents({ caseId: case_.id, workflow: case_.workflow, names });
  const head = erasedHead(case_, eraser);
  const entries = ledger.map((entry) => erasedEntry(entry, eraser)).filter(({ parts }) => parts > 0);
  return {
    ...{ eraser, opened, head: head.fields, headParts: head.parts },
    entries: entries.map(({ entry }) => entry),
    entryParts: entries.reduce((sum, { parts }) => sum + parts, 0),
    mail: keptMail(opened),
    documents: documents.filter(({ body }) => body === null || withoutParts(body, eraser).parts > 0),
  };
}

type Opened = Pick<Case, 'input' | 'problems'> & { readonly mail?: KeptMail | undefined };

/** As the case was opened: an erasure that broke off has emptied the head before the ledger. */
function openedIn({ input, problems }: Case, ledger: readonly LedgerEntry[]): Opened {
  const opened = ledger.map(({ event }) => event).find((event) => event.type === 'case-opened');
  return opened?.type === 'case-opened' ? opened : { input, problems };
}

/** Of an event that was emptied nothing says where it is: it was removed before. */
function keptMail({ mail }: Opened): KeptMail | null {
  return mail === undefined || mail.key === ERASED_TEXT ? null : mail;
}

function countsOf({ headParts, entryParts, documents, mail }: Plan): ErasureCounts {
  const places = Map.groupBy(documents, ({ place }) => place);
  const counts = [...places].map(([place, all]): [string, number] => [place, all.length]);
  return Object.fromEntries(
    [['head', headParts], ['ledger', entryParts], ...counts, ['mails', mail === null ? 0 : 1]].filter(
      ([, count]) => count !== 0,
    ),
  );
}

function erasedEvent(
  workflow: Workflow,
  { by, proof, reason, because }: ErasureWish,
  counts: ErasureCounts,
): CaseEvent {
  const marked = markedFields(workflow.input, 'personal').map(({ path }) => path);
  const fields = [...new Set([...identifyingFields(workflow.input), ...marked].map((path) => path.join('.')))];
  return { type: 'subject-erased', by, proof, reason, because, fields, counts: { ...counts } };
}

/** Large readings are not kept any more, so nothing points at them. */
function erasedHead(case_: Case, eraser: Eraser): { readonly fields: Partial<Case>; readonly parts: number } {
  const { id: _id, workflow: _workflow, ledger: _ledger, openedAtMs: _at, ...fields } = case_;
  const readings = fields.readings.map(({ kept: _kept, ...reading }) => reading);
  const { value, parts } = withoutParts({ ...fields, readings } as unknown as JsonObject, eraser);
  return { fields: value as unknown as Partial<Case>, parts };
}

/** What says that something was erased stays. An entry of an earlier version has no salts: its parts cannot be taken out. */
function erasedEntry(entry: LedgerEntry, eraser: Eraser): { readonly entry: LedgerEntry; readonly parts: number } {
  if (entry.event.type === 'subject-erased') return { entry, parts: 0 };
  if (entry.salts === undefined) throw new UnsaltedError(entry);
  const { value, salts, parts } = erase(entry.event as unknown as Json, entry.salts, eraser);
  return { entry: { ...entry, event: value as unknown as CaseEvent, salts }, parts };
}

/** The case was opened by a version whose ledgers can lose nothing without breaking. */
export class UnsaltedError extends Error {
  override readonly name = 'UnsaltedError';

  constructor({ caseId }: LedgerEntry) {
    super(`Case ${caseId} was opened by an earlier version: its ledger cannot lose anything`);
  }
}

/** Which fields of the case are personal is not known any more. */
export class WorkflowGoneError extends Error {
  override readonly name = 'WorkflowGoneError';

  constructor({ id, workflow }: Case) {
    super(`Case ${id} is of the workflow ${workflow}, which is deployed no more: deploy it again, then erase`);
  }
}

/** All lists that the case was put into when it was opened. */
async function listsOf(ports: ErasePorts, { case_, workflow }: Erasable, { opened }: Plan): Promise<ErasureList[]> {
  const { openedAtMs } = case_;
  const { subjects, day } = await erasableBy(ports.subjects, workflow, { ...opened, openedAtMs });
  return [...subjects.map((subject) => ({ subject })), { openedOn: day }];
}
