import * as z from 'zod';
import type { ScheduleTrigger, TriggerDefinition, Workflow } from '../authoring/index.ts';
import { JsonObject, Trigger } from '../contracts/index.ts';
import { CanonicalError, canonicalJson } from '../domain/canonical-json.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { causeOfKey } from '../domain/cause.ts';
import { digestOf } from '../domain/digest.ts';
import { messageOf } from '../domain/message-of.ts';
import type { Executions, Intake, Sources, Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';
import type { CaseStart } from './step-contracts.ts';

export interface StartCasePorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly executions: Executions;
  readonly intake: Intake;
  readonly sources: Sources;
  readonly telemetry: Telemetry;
}

/**
 * Starts the execution of a trigger's case; the case id is its name, so a trigger that comes twice starts once. A
 * schedule that lists what is open puts each item back on the queue as a trigger of its own.
 * @throws UnknownTriggerError for a workflow or trigger that is not deployed: the message goes to the dead letters.
 */
export const startCase = operation({
  name: 'start-case',
  input: Trigger,
  async run(ports: StartCasePorts, trigger): Promise<{ started: number }> {
    const workflow = ports.findWorkflow(trigger.workflow);
    const definition = workflow?.triggers.find(({ id }) => id === trigger.trigger);
    if (workflow === null || definition === undefined) throw new UnknownTriggerError(trigger);
    // Elsewhere `item` is a field of the sender's like any other.
    const item = definition.kind === 'schedule' ? itemOf(trigger) : null;
    if (definition.kind === 'schedule' && item === null) return { started: await fanOut(ports, trigger, definition) };
    await startOne(ports, workflow, definition, trigger, item ?? trigger.body);
    return { started: 1 };
  },
});

export class UnknownTriggerError extends Error {
  override readonly name = 'UnknownTriggerError';

  constructor({ workflow, trigger }: Trigger) {
    super(`No deployed workflow "${workflow}" has a trigger "${trigger}"`);
  }
}

async function startOne(
  ports: StartCasePorts,
  workflow: Workflow,
  definition: TriggerDefinition,
  trigger: Trigger,
  body: unknown,
): Promise<void> {
  const caseId = caseIdOf(trigger);
  const { input, problems } = writable(toInput(workflow, definition, body));
  const { eventId, receivedAt } = trigger;
  const start: CaseStart = {
    caseId,
    workflow: workflow.id,
    trigger: definition.id,
    eventId,
    receivedAt,
    input,
    problems,
    failure: null,
    causedBy: trigger.causedBy ?? causeIn(definition, body),
    resume: null,
  };
  await ports.executions.start(caseId, start);
  ports.telemetry.log('case-started', {
    caseId,
    workflow: workflow.id,
    trigger: definition.id,
    fits: problems.length === 0,
  });
}

/** Which action made it happen, as far as it says so; whether there is such an action is looked up as the case opens. */
function causeIn({ causedBy }: TriggerDefinition, body: unknown): CaseStart['causedBy'] {
  const parsed = JsonObject.safeParse(body);
  if (!parsed.success) return null;
  try {
    return causeOfKey(causedBy(parsed.data));
  } catch {
    // A rule of the builder's that fails must not keep the case from being started.
    return null;
  }
}

/** The workflow's input, or the body as it came with what is wrong with it: that is a case for a person, not a lost one. */
function toInput(
  workflow: Workflow,
  definition: TriggerDefinition,
  body: unknown,
): Pick<CaseStart, 'input' | 'problems'> {
  const raw = z.json().parse(body);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return { input: raw, problems: ['The trigger is not a JSON object.'] };
  }
  try {
    const parsed = workflow.input.safeParse(definition.toInput(raw));
    if (parsed.success) return { input: parsed.data, problems: [] };
    return {
      input: raw,
      problems: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`),
    };
  } catch (error) {
    return {
      input: raw,
      problems: [`The trigger could not be read: ${messageOf(error)}`],
    };
  }
}

/** The ledger takes only what a digest can be made of; anything else is kept as its JSON text. */
function writable(read: Pick<CaseStart, 'input' | 'problems'>): Pick<CaseStart, 'input' | 'problems'> {
  try {
    canonicalJson(read.input);
    return read;
  } catch (error) {
    if (!(error instanceof CanonicalError)) throw error;
    return { input: { unreadable: JSON.stringify(read.input) }, problems: [`The trigger: ${error.message}`] };
  }
}

/** An item of a schedule comes wrapped, so that it cannot be mistaken for the slot itself. */
function itemOf(trigger: Trigger): JsonObject | null {
  const { body } = trigger;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const item = body['item'];
  return typeof item === 'object' && item !== null && !Array.isArray(item) ? item : null;
}

async function fanOut(ports: StartCasePorts, slot: Trigger, definition: ScheduleTrigger): Promise<number> {
  const items = await ports.sources.list(definition.each.connector, definition.each.list);
  // The slot and the item make the event: one case per item and slot, however often the schedule fires.
  await ports.intake.send(
    items.map((item) => ({ ...slot, eventId: `${slot.eventId}/${keyOf(item)}`, body: { item } })),
  );
  return items.length;
}

/** One item that cannot be written down must not keep the others back. */
function keyOf(item: JsonObject): string {
  return digestOf(writable({ input: item, problems: [] }).input).slice(0, 32);
}
