import type { CaseId, JsonObject } from '../../shared/contracts/index.ts';
import { type OverturnCase, type Overturned, overturnCase } from '../../shared/operations/overturn-case.ts';
import { readConsequences } from '../../shared/operations/read-consequences.ts';
import { CASE_ID, WARM } from './lead-case.ts';
import { APPROVER } from './leads.ts';
import type { MemoryPorts } from './memory-ports.ts';

export const OVERTURN_REASON = 'She only asked for a brochure.';

/** A lead that was judged warm and is cold. */
export const COLD: JsonObject = {
  ...{ ...WARM, companySizeInRange: true, buyingIntent: 'none', score: 1, tier: 'cold' },
};

/** An overturning by the approver, who has just looked at what was done. */
export async function overturnCommand(
  ports: MemoryPorts,
  changes: Partial<OverturnCase> = {},
  caseId: CaseId = CASE_ID,
): Promise<OverturnCase> {
  const consequences = await readConsequences.run(ports, { caseId });
  return {
    ...{ caseId, by: APPROVER, proof: 'sign-in', channel: 'api', reason: OVERTURN_REASON },
    ...{ digest: consequences?.digest ?? '', decision: null, carryOut: true, takeBack: [] },
    ...changes,
  };
}

export async function overturn(
  ports: MemoryPorts,
  changes: Partial<OverturnCase> = {},
  caseId: CaseId = CASE_ID,
): Promise<Overturned> {
  return overturnCase.run(ports, await overturnCommand(ports, changes, caseId));
}
