import { type Answer, type CaseEvent, type SpotCheck, WHOLE_DECISION } from '../../contracts/index.ts';
import { compareDecisions, tolerancesOf } from '../../domain/agreement.ts';
import type { CaseWrite, RecordStore } from '../../ports/index.ts';
import type { LoadedRequest } from '../load-request.ts';

interface Checked {
  readonly events: readonly CaseEvent[];
  readonly write: Pick<CaseWrite, 'spotCheck'>;
}

/** What an answer to a spot-check puts on record, for the write that takes it; null where the case was not drawn. */
export async function spotCheckAnswered(
  records: RecordStore,
  loaded: LoadedRequest,
  answer: Answer,
): Promise<Checked | null> {
  const check = await records.spotCheck(loaded.case.id);
  return check === null ? null : checkedBy(check, loaded.request.id, answer, wrongFields(loaded, answer));
}

/** Whoever overturned the decision has looked at it, so that nobody need be asked any more. */
export async function spotCheckOverturned(
  records: RecordStore,
  requestId: string,
  overturning: By & { readonly caseId: string },
): Promise<Checked | null> {
  const check = await records.spotCheck(overturning.caseId);
  return check?.state === 'open' ? checkedBy(check, requestId, overturning, [WHOLE_DECISION]) : null;
}

type By = Pick<Answer, 'by' | 'proof' | 'atMs'>;

/** `fields`: those that are not right. */
function checkedBy(check: SpotCheck, requestId: string, { by, proof, atMs }: By, fields: string[]): Checked {
  const isRight = fields.length === 0;
  const { segment, band, probability, revision } = check;
  return {
    events: [
      {
        ...{ type: 'spot-check-answered', requestId, by, proof, isRight, fields },
        ...{ segment, band, weight: 1 / probability },
      },
    ],
    write: {
      spotCheck: {
        check: {
          ...{ ...check, state: 'checked', by, proof, checkedAtMs: atMs, isRight, fields },
          revision: revision + 1,
        },
        from: revision,
      },
    },
  };
}

/** Nobody answered in time. */
export async function spotCheckLeftOut(records: RecordStore, caseId: string): Promise<Pick<Checked, 'write'> | null> {
  const check = await records.spotCheck(caseId);
  if (check === null) return null;
  const { revision } = check;
  return { write: { spotCheck: { check: { ...check, state: 'left-out', revision: revision + 1 }, from: revision } } };
}

/** Of the decision that was asked about; `*` for all of it, none where it is right. */
function wrongFields({ workflow, request }: LoadedRequest, { verb, edits }: Answer): string[] {
  if (verb === 'approve') return [];
  if (verb !== 'edit' || edits === null) return [WHOLE_DECISION];
  return compareDecisions(request.draft, edits, tolerancesOf(workflow))
    .filter(({ agrees }) => !agrees)
    .map(({ field }) => field);
}
