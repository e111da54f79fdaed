import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import { type Case, CaseId, JsonObject, Reader } from '../../contracts/index.ts';
import { titlesIn } from '../../domain/field-titles.ts';
import { jsonSchemaOf } from '../../domain/json-schema-of.ts';
import { mayOverturn } from '../../domain/may-overturn.ts';
import { operation } from '../operation.ts';
import { type ReadCasesPorts, readCase } from '../read-cases.ts';
import { type ConsequencePorts, type Consequences, readConsequences, shownTo } from '../read-consequences.ts';

/** What somebody has to see before they overturn a decision. */
export interface ToOverturn {
  readonly case: Case;
  readonly decision: JsonObject;
  readonly workflow: Workflow;
  /** As this person may read them. */
  readonly consequences: Consequences;
  /** JSON Schema of the decision. */
  readonly form: JsonObject;
  /** Names of its fields. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Null where there is no such case, nothing is decided, or it is not for this person to see or to overturn. */
export const readOverturning = operation({
  name: 'read-overturning',
  input: z.object({ caseId: CaseId, reader: Reader }),
  async run(ports: ReadCasesPorts & ConsequencePorts, { caseId, reader }): Promise<ToOverturn | null> {
    const whole = await readCase.run(ports, { caseId, withLedger: false, reader });
    const workflow = whole === null || whole.isWithheld ? null : ports.findWorkflow(whole.case.workflow);
    const decision = whole?.case.decision ?? null;
    if (whole === null || workflow === null || decision === null) return null;
    if (!mayOverturn(workflow, whole.case, reader.person)) return null;
    const found = await readConsequences.run(ports, { caseId });
    if (found === null) return null;
    return {
      ...{ case: whole.case, decision: found.decision ?? decision, workflow },
      consequences: shownTo(ports, found, reader),
      form: JsonObject.parse(jsonSchemaOf(workflow.decision)),
      labels: { ...titlesIn(workflow.decision), ...workflow.labels },
    };
  },
});
