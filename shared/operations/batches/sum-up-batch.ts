import * as z from 'zod';
import type { BatchSum, LineOutcome, Workflow } from '../../authoring/index.ts';
import { type Batch, type BatchPiece, type Case, CaseId, type JsonObject, type Money } from '../../contracts/index.ts';
import type { BatchTrigger } from '../../domain/batches/batch-lines.ts';
import { addUp } from '../../domain/batches/batch-sums.ts';
import { type BatchStore, type CaseStore, EffectError, type Mailer, type Telemetry } from '../../ports/index.ts';
import { operation } from '../operation.ts';
import { batchTriggerOf, loadBatch, NoBatchError } from './divide-batch.ts';

export const SumUpBatch = z.object({
  batchId: CaseId,
  /** How often it was looked at before. */
  looks: z.int().min(0),
  /** The first piece that was not decided by then. */
  piece: z.int().min(0),
});

/** What the machine does next: wait and look again, or end. */
export type SummedUp =
  | { readonly isDone: false; readonly looks: number; readonly piece: number; readonly waitSeconds: number }
  | { readonly isDone: true };

export interface SumUpBatchPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: Pick<CaseStore, 'get' | 'actions'>;
  readonly mailer: Mailer;
  readonly batchStore: BatchStore;
  readonly telemetry: Telemetry;
}

/** By the last look about a quarter of an hour has gone by; what is not decided then is named so. */
const WAITS_SECONDS = [1, 2, 3, 5, 5, 10, 10, 15, 15, 30, 30, 60, 60, 120, 240, 300] as const;

/** The cases of many pieces take their time: half a day, and what is not decided then is named so. */
const LONG_WAIT_SECONDS = 300;
const MOST_LOOKS = 160;

/** Cases that are read at a time. */
const AT_A_TIME = 40;

/**
 * Looks at the cases of a file's lines, and once all of them are decided mails the owner of the workflow what was found,
 * in money. A look goes on at the piece where the last one stopped, and no more than one piece is held at a time. By the
 * first look all lines are on the queue, so what came is not kept any longer. A repeated step mails again.
 */
export const sumUpBatch = operation({
  name: 'sum-up-batch',
  input: SumUpBatch,
  async run(ports: SumUpBatchPorts, { batchId, looks, piece }): Promise<SummedUp> {
    const batch = await loadBatch(ports.batchStore, batchId);
    const { workflow, trigger } = batchTriggerOf(ports, batch);
    if (batch.brought !== null) await ports.batchStore.forget(batchId);
    const pieces = batch.divided?.pieces ?? 0;
    const waitSeconds = WAITS_SECONDS[looks] ?? (pieces > 1 && looks < MOST_LOOKS ? LONG_WAIT_SECONDS : undefined);
    const waitsFor = waitSeconds === undefined ? null : await firstUndecided(ports, { batchId, pieces, from: piece });
    if (waitsFor !== null && waitSeconds !== undefined) {
      return { isDone: false, looks: looks + 1, piece: waitsFor, waitSeconds };
    }
    await tell(ports, { workflow, trigger, batch, pieces });
    return { isDone: true };
  },
});

/** The number of the first piece with a case that is not decided; null where there is none. */
async function firstUndecided(
  ports: SumUpBatchPorts,
  { batchId, pieces, from }: { readonly batchId: CaseId; readonly pieces: number; readonly from: number },
): Promise<number | null> {
  for (let number = from; number < pieces; number += 1) {
    const { cases } = await loadPiece(ports, batchId, number);
    for (let at = 0; at < cases.length; at += AT_A_TIME) {
      const found = await Promise.all(cases.slice(at, at + AT_A_TIME).map((id) => ports.cases.get(id)));
      if (found.some(isUndecided)) return number;
    }
  }
  return null;
}

function isUndecided(found: Case | null): boolean {
  return found === null || found.state === 'open';
}

async function loadPiece({ batchStore }: SumUpBatchPorts, batchId: CaseId, number: number): Promise<BatchPiece> {
  const piece = await batchStore.piece(batchId, number);
  if (piece === null) throw new NoBatchError(batchId);
  return piece;
}

interface Told {
  readonly workflow: Workflow;
  readonly trigger: BatchTrigger;
  readonly batch: Batch;
  readonly pieces: number;
}

async function tell(ports: SumUpBatchPorts, told: Told): Promise<void> {
  const { workflow, trigger, batch } = told;
  const { lines, amounts } = await addedUp(ports, told);
  const { batchMail } = await import('../../pages/batch-mail.ts');
  const mail = batchMail({
    workflow: { title: workflow.title, team: workflow.team.name },
    receivedAtMs: Date.parse(batch.receivedAt),
    lines,
    sums: trigger.batch.sums.map(({ title }, at) => addUp(title, amounts[at] ?? [])),
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

/** Piece after piece: what is kept of each is counts, and amounts by sum of the workflow. */
async function addedUp(ports: SumUpBatchPorts, { workflow, trigger, batch, pieces }: Told) {
  const lines = { all: 0, repeated: 0, known: 0, unreadable: 0, undecided: 0 };
  const amounts: readonly Money[][] = trigger.batch.sums.map(() => []);
  const receivedAtMs = Date.parse(batch.receivedAt);
  for (let number = 0; number < pieces; number += 1) {
    const piece = await loadPiece(ports, batch.batchId, number);
    const found = await some(piece.cases, (id) => lookedUp(ports, id));
    lines.all += piece.lines;
    lines.repeated += piece.lines - piece.cases.length;
    for (const { case_, outcome } of found) {
      if (isUndecided(case_)) lines.undecided += 1;
      if (case_ !== null && case_.openedAtMs < receivedAtMs) lines.known += 1;
      if (case_ !== null && outcome === null) lines.unreadable += 1;
      if (outcome === null) continue;
      trigger.batch.sums.forEach((sum, at) => void amounts[at]?.push(...amountOf(ports, workflow, sum, outcome)));
    }
  }
  return { lines, amounts };
}

async function lookedUp(ports: SumUpBatchPorts, id: CaseId) {
  const case_ = await ports.cases.get(id);
  return { case_, outcome: case_ === null ? null : await outcomeOf(ports, case_) };
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

/** None where the workflow counts the line elsewhere. */
function amountOf(
  { telemetry }: SumUpBatchPorts,
  workflow: Workflow,
  { amount }: BatchSum,
  outcome: LineOutcome,
): Money[] {
  try {
    const one = amount(outcome);
    return one === null ? [] : [one];
  } catch {
    telemetry.count('Errors', 1, workflow.id);
    return [];
  }
}

async function some<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += AT_A_TIME) {
    results.push(...(await Promise.all(items.slice(from, from + AT_A_TIME).map(work))));
  }
  return results;
}
