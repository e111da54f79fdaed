import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { type CaseId, HandBody, JsonObject, Slug } from '../contracts/index.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { formFor } from '../domain/start-forms.ts';
import { readInput } from '../domain/trigger-input.ts';
import type { Clock, Intake, Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';

export const StartByHand = z.object({ workflow: Slug, trigger: Slug, ...HandBody.shape });

export type StartReceipt =
  | { readonly kind: 'started'; readonly caseId: CaseId }
  /** No such form, or none for this person: the two are not told apart. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

export interface StartByHandPorts {
  readonly workflows: readonly Workflow[];
  readonly intake: Intake;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** Puts what somebody has filled in on the intake queue, with who it was in the name of the event. */
export const startByHand = operation({
  name: 'start-by-hand',
  input: StartByHand,
  async run(ports: StartByHandPorts, { workflow: id, trigger, filled, by, id: once }): Promise<StartReceipt> {
    const found = formFor(ports.workflows, { workflow: id, trigger, person: by });
    if (found === null) return { kind: 'unknown' };
    const { workflow, definition } = found;
    const parsed = definition.form.safeParse(filled);
    if (!parsed.success) return { kind: 'wrong', problems: parsed.error.issues.map(sentence) };
    const body = JsonObject.parse({ filled: parsed.data, by, id: once });
    // A person is there to mend it, so nothing goes on that would only come back as a question.
    const { problems } = readInput(workflow, definition, body);
    if (problems.length > 0) return { kind: 'wrong', problems };
    const event = { workflow: id, trigger, eventId: `${by}/${once}` };
    await ports.intake.send([{ ...event, receivedAt: new Date(ports.clock.nowMs()).toISOString(), body }]);
    ports.telemetry.count('TriggersAccepted', 1, id);
    return { kind: 'started', caseId: caseIdOf(event) };
  },
});

function sentence({ path, message }: z.core.$ZodIssue): string {
  return `${path.join('.') || 'The form'}: ${message}`;
}
