import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import { CaseEvent, CaseId, type DecisionRecord, SignalKind } from '../../contracts/index.ts';
import { afterBreach, afterReversal, afterSignal } from '../../domain/decision-record.ts';
import { type CaseStore, type Clock, ConflictError, type RecordChange, type RecordStore } from '../../ports/index.ts';
import { type StepBackPorts, stepBackAfter } from '../autonomy/step-back-if-due.ts';
import { operation } from '../operation.ts';

/** Tries while others change the same record. */
const TRIES = 4;

const CountAgainst = z.object({
  caseId: CaseId,
  kind: SignalKind,
  by: z.string(),
  /** Of the decision, or names of actions; empty for all of it. */
  fields: z.array(z.string()).default([]),
  reason: z.string(),
  /** What is told in the case's ledger with it. */
  event: CaseEvent.nullable().default(null),
});

export interface CountAgainstPorts extends StepBackPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly records: RecordStore;
  readonly clock: Clock;
}

/**
 * Something counts against the agents' decision of a case that shows only later, such as a breach of a cap. It is put on
 * the record of the case, and the segment steps back at once where that is too much. False, with nothing written, where
 * there is no decision of theirs that it could count against.
 */
export const countAgainst = operation({
  name: 'count-against',
  input: CountAgainst,
  async run(ports: CountAgainstPorts, { caseId, kind, by, fields, reason, event }): Promise<boolean> {
    const atMs = ports.clock.nowMs();
    const signal = { kind, atMs, by, fields: [...fields], reason };
    const change = kind === 'breach' ? afterBreach : afterSignal;
    const after = await changeRecord(ports, caseId, event, (record) => change(record, signal));
    const workflow = after === null ? null : ports.findWorkflow(after.workflow);
    if (after !== null && workflow !== null) await stepBackAfter(ports, workflow, after);
    return after !== null;
  },
});

/**
 * The change of a case's record by which an overturned decision counts against the agents; for the write that overturns
 * it. Null where the case has none. After that write, `stepBackAfter` takes the autonomy that this may cost.
 */
export async function reversalChange(
  records: RecordStore,
  workflow: Workflow,
  { caseId, ...reversal }: { caseId: string } & Parameters<typeof afterReversal>[1],
): Promise<RecordChange | null> {
  const record = await records.get(caseId);
  return record === null ? null : { record: afterReversal(record, reversal, workflow), from: record.revision };
}

async function changeRecord(
  { records, cases, clock }: CountAgainstPorts,
  caseId: CaseId,
  event: CaseEvent | null,
  change: (record: DecisionRecord) => DecisionRecord,
): Promise<DecisionRecord | null> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await records.get(caseId);
    if (before === null) return null;
    const record = change(before);
    if (record === before) return null;
    const events = event === null ? [] : [event];
    try {
      const place = { caseId, workflow: before.workflow, cursor: null, atMs: clock.nowMs() };
      await cases.commit({ ...place, events, record: { record, from: before.revision } });
      return record;
    } catch (error) {
      const isOther = error instanceof ConflictError && error.kind === 'record-changed';
      if (!isOther || attempt === TRIES) throw error;
    }
  }
}
