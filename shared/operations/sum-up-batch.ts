import * as z from 'zod';
import type { BatchSum, LineOutcome, Workflow } from '../authoring/index.ts';
import {
  Batch,
  type BatchLine,
  type Case,
  type CaseId,
  type JsonObject,
  type LineFormat,
  type Money,
  StoredBatch,
} from '../contracts/index.ts';
import { type BatchTrigger, isBatchTrigger, lineEvent } from '../domain/batch-lines.ts';
import { addUp, type Sum } from '../domain/batch-sums.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { LARGEST_STORED_BYTES, storedLines } from '../domain/stored-lines.ts';
import { batchMail } from '../pages/index.ts';
import { type CaseStore, EffectError, type Files, type Mailer, type Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';

export const SumUpBatch = z.object({
  batch: z.union([Batch, StoredBatch]),
  /** How often it was looked at before. */
  looks: z.int().min(0),
});

/** What the machine does next: wait and look again, or end. */
export type SummedUp =
  | { readonly isDone: false; readonly looks: number; readonly waitSeconds: number }
  | { readonly isDone: true };

export interface SumUpBatchPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: Pick<CaseStore, 'get' | 'actions'>;
  readonly mailer: Mailer;
  /** Where files lie that are larger than what goes from step to step. */
  readonly files: Files;
  readonly telemetry: Telemetry;
}

/** By the last look about a quarter of an hour has gone by; what is not decided then is named so. */
const WAITS_SECONDS = [1, 2, 3, 5, 5, 10, 10, 15, 15, 30, 30, 60, 60, 120, 240, 300] as const;

/** The cases of a large file take their time: half a day, and what is not decided then is named so. */
const LONG_WAIT_SECONDS = 300;
const MOST_LOOKS = 160;

/** Cases that are read at a time. */
const AT_A_TIME = 20;

/**
 * Looks at the cases of a file's lines, and once all of them are decided mails the owner of the workflow what was found,
 * in money. A repeated step mails again.
 */
export const sumUpBatch = operation({
  name: 'sum-up-batch',
  input: SumUpBatch,
  async run(ports: SumUpBatchPorts, { batch, looks }): Promise<SummedUp> {
    const workflow = ports.findWorkflow(batch.workflow);
    const definition = workflow?.triggers.find(({ id }) => id === batch.trigger);
    if (workflow === null || definition === undefined || !isBatchTrigger(definition)) {
      throw new Error(`No deployed workflow "${batch.workflow}" has a trigger "${batch.trigger}" of many lines`);
    }
    const trigger = definition;
    const file = await fileOf(ports, workflow, trigger, batch);
    const waitSeconds =
      WAITS_SECONDS[looks] ?? ('stored' in batch && looks < MOST_LOOKS ? LONG_WAIT_SECONDS : undefined);
    const cases = await casesOf(ports, { workflow, trigger, file, mayStop: waitSeconds !== undefined });
    if (cases === null && waitSeconds !== undefined) return { isDone: false, looks: looks + 1, waitSeconds };
    await tell(ports, { workflow, trigger, batch, lines: file.lines.length, cases: cases ?? [] });
    return { isDone: true };
  },
});

interface FileLines {
  readonly format: LineFormat;
  readonly lines: readonly BatchLine[];
}

/** The lines as they were put on the queue. @throws where a stored file cannot be read any more */
async function fileOf(
  { files }: SumUpBatchPorts,
  workflow: Workflow,
  trigger: BatchTrigger,
  batch: z.infer<typeof SumUpBatch>['batch'],
): Promise<FileLines> {
  if (!('stored' in batch)) return batch;
  const read = storedLines(workflow, trigger, await files.read(batch.stored, LARGEST_STORED_BYTES));
  if (!read.ok) throw new Error(read.problem);
  return read;
}

interface Looked {
  readonly workflow: Workflow;
  readonly trigger: BatchTrigger;
  readonly file: FileLines;
  /** One that is not decided is enough to wait on. */
  readonly mayStop: boolean;
}

/** Each case once, in the order of the lines; null for one that has not begun. Null for all where one is waited for. */
async function casesOf(
  { cases }: SumUpBatchPorts,
  { workflow, trigger, file: { format, lines }, mayStop }: Looked,
): Promise<readonly (Case | null)[] | null> {
  const ids = lines.map((line): CaseId => {
    const event = lineEvent(workflow, trigger, format, line);
    return caseIdOf({ workflow: workflow.id, trigger: event.trigger, eventId: event.eventId });
  });
  const distinct = [...new Set(ids)];
  const found: (Case | null)[] = [];
  for (let from = 0; from < distinct.length; from += AT_A_TIME) {
    const some = await Promise.all(distinct.slice(from, from + AT_A_TIME).map((id) => cases.get(id)));
    if (mayStop && some.some((one) => one === null || one.state === 'open')) return null;
    found.push(...some);
  }
  return found;
}

interface Told {
  readonly workflow: Workflow;
  readonly trigger: BatchTrigger;
  readonly batch: z.infer<typeof SumUpBatch>['batch'];
  readonly lines: number;
  readonly cases: readonly (Case | null)[];
}

async function tell(ports: SumUpBatchPorts, { workflow, trigger, batch, lines, cases }: Told): Promise<void> {
  const found = cases.filter((one) => one !== null);
  const outcomes = await some(found, (one) => outcomeOf(ports, one));
  const readable = outcomes.filter((one) => one !== null);
  const mail = batchMail({
    workflow: { title: workflow.title, team: workflow.team.name },
    receivedAtMs: Date.parse(batch.receivedAt),
    lines: {
      all: lines,
      repeated: lines - cases.length,
      known: found.filter(({ openedAtMs }) => openedAtMs < Date.parse(batch.receivedAt)).length,
      unreadable: outcomes.length - readable.length,
      undecided: cases.filter((one) => one === null || one.state === 'open').length,
    },
    sums: trigger.batch.sums.map((sum) => sumOf(ports, workflow, sum, readable)),
  });
  try {
    await ports.mailer.send({ to: [workflow.team.owner], bcc: [], ...mail });
  } catch (error) {
    if (error instanceof EffectError && error.isPassing) throw error;
    // Refused for good, or nobody knows whether it went out: either way it is not sent twice.
    ports.telemetry.count('Errors', 1, workflow.id);
    ports.telemetry.log('batch-mail-failed', { batchId: batch.batchId, workflow: workflow.id });
  }
}

/** Null for a line that did not fit the workflow. */
async function outcomeOf({ cases }: SumUpBatchPorts, found: Case): Promise<LineOutcome | null> {
  if (found.problems.length > 0) return null;
  const actions = await cases.actions(found.id);
  return {
    input: found.input as JsonObject,
    decision: found.decision,
    isWaiting: found.state === 'waiting',
    done: actions.filter(({ state }) => state === 'done').map(({ action }) => action),
  };
}

function sumOf(
  { telemetry }: SumUpBatchPorts,
  workflow: Workflow,
  { title, amount }: BatchSum,
  outcomes: readonly LineOutcome[],
): Sum {
  const amounts = outcomes.flatMap((outcome): Money[] => {
    try {
      const one = amount(outcome);
      return one === null ? [] : [one];
    } catch {
      telemetry.count('Errors', 1, workflow.id);
      return [];
    }
  });
  return addUp(title, amounts);
}

async function some<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += AT_A_TIME) {
    results.push(...(await Promise.all(items.slice(from, from + AT_A_TIME).map(work))));
  }
  return results;
}
