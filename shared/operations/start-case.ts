import type { ScheduleTrigger, TriggerDefinition, Workflow } from '../authoring/index.ts';
import { BatchBody, type Case, JsonObject, MailBody, Trigger } from '../contracts/index.ts';
import { type BatchTrigger, isBatchTrigger, lineEvent } from '../domain/batches/batch-lines.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { causeOfKey } from '../domain/cause.ts';
import { digestOf } from '../domain/digest.ts';
import { readInput, type TriggerInput, writable } from '../domain/trigger-input.ts';
import type { Executions, Intake, Sources } from '../ports/index.ts';
import { type StartBatchPorts, startBatch } from './batches/start-batch.ts';
import { firstRun, type OpenCasePorts, openedCase } from './open-case.ts';
import { operation } from './operation.ts';
import type { CaseStart } from './step-contracts.ts';

export interface StartCasePorts extends OpenCasePorts, StartBatchPorts {
  readonly executions: Pick<Executions, 'start'>;
  readonly intake: Intake;
  readonly sources: Sources;
}

/**
 * Opens a trigger's case and starts its execution, which is told the ids of it and nothing of what came. The case id is the
 * name of both, so a trigger that comes twice starts once, and one that broke off in between goes on where it was. A
 * schedule that lists what is open puts each item back on the queue as a trigger of its own, and a file of many lines goes
 * to the machine that does so with each line.
 * @throws UnknownTriggerError for a workflow or trigger that is not deployed: the message goes to the dead letters.
 */
export const startCase = operation({
  name: 'start-case',
  input: Trigger,
  async run(ports: StartCasePorts, trigger): Promise<{ started: number }> {
    const workflow = ports.findWorkflow(trigger.workflow);
    const definition = workflow?.triggers.find(({ id }) => id === trigger.trigger);
    if (workflow === null || definition === undefined) throw new UnknownTriggerError(trigger);
    if (isBatchTrigger(definition)) return { started: await startOfBatch(ports, workflow, definition, trigger) };
    if (definition.kind === 'inbound-mail') {
      const body = MailBody.parse(trigger.body);
      const mail = body.mail.kept;
      await startOne(ports, workflow, trigger, { ...readMailBody(workflow, definition, body), mail });
      return { started: 1 };
    }
    // Elsewhere `item` is a field of the sender's like any other.
    const item = definition.kind === 'schedule' ? itemOf(trigger) : null;
    if (definition.kind === 'schedule' && item === null) return { started: await fanOut(ports, trigger, definition) };
    const body = item ?? trigger.body;
    await startOne(ports, workflow, trigger, readInput(workflow, definition, body), causeIn(definition, body));
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
  trigger: Trigger,
  read: TriggerInput & Pick<CaseStart, 'mail'>,
  cause: CaseStart['causedBy'] = null,
): Promise<void> {
  const { trigger: definition, eventId, receivedAt } = trigger;
  const begin = { caseId: caseIdOf(trigger), workflow: workflow.id, trigger: definition, eventId, receivedAt };
  const start: CaseStart = { ...begin, ...read, causedBy: trigger.causedBy ?? cause };
  const known = await openedCase(ports, workflow, start);
  if (isUnlike(known, start)) return startUnlike(ports, workflow, trigger, start);
  await startRun(ports, workflow, known);
}

/** One that has been judged was started, however long ago that was. */
async function startRun(ports: StartCasePorts, workflow: Workflow, known: Case): Promise<void> {
  const { id: caseId, trigger, problems, round, state } = known;
  if (round > 0 || state === 'closed') return;
  await ports.executions.start(caseId, firstRun(workflow, known));
  ports.telemetry.log('case-started', { caseId, workflow: workflow.id, trigger, fits: problems.length === 0 });
}

/** A name is for one event: something else under the same name is neither the known case nor one of its own. */
function isUnlike(known: Case, { input }: CaseStart): boolean {
  // Of one that was erased nothing is left to compare.
  return known.erasedAtMs === undefined && digestOf(known.input) !== digestOf(input);
}

/** It is not lost and starts no agent: a person gets it, beside the case that has the name. Once, however often it comes. */
async function startUnlike(
  ports: StartCasePorts,
  workflow: Workflow,
  trigger: Trigger,
  start: CaseStart,
): Promise<void> {
  const eventId = `${trigger.eventId}/${digestOf(start.input).slice(0, 32)}`;
  const caseId = caseIdOf({ ...trigger, eventId });
  const problem = `Something else came under the same name before: case ${start.caseId}. This one is for a person.`;
  const unlike = { ...start, caseId, eventId, problems: [...start.problems, problem] };
  await startRun(ports, workflow, await openedCase(ports, workflow, unlike));
  ports.telemetry.count('TriggersUnlike', 1, trigger.workflow);
  ports.telemetry.log('trigger-unlike', { caseId, workflow: trigger.workflow, known: start.caseId });
}

/** A mail in doubt is read by no agent: a person gets it as it came, with the reason. */
function readMailBody(
  workflow: Workflow,
  definition: TriggerDefinition,
  { mail, doubts, answers }: MailBody,
): TriggerInput {
  if (doubts.length > 0) return writable({ input: mail, problems: doubts });
  return readInput(workflow, definition, answers === null ? mail : { ...mail, answers });
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

/** A file begins its machine; what cannot be taken of one is a case for a person. A line of it begins its case. */
async function startOfBatch(
  ports: StartCasePorts,
  workflow: Workflow,
  definition: BatchTrigger,
  trigger: Trigger,
): Promise<number> {
  const body = BatchBody.parse(trigger.body);
  if ('line' in body) {
    const { format, ...line } = body.line;
    const event = lineEvent(workflow, definition, format, line);
    await startOne(ports, workflow, { ...trigger, trigger: event.trigger, eventId: event.eventId }, event);
    return 1;
  }
  if ('refused' in body) {
    const { problem, ...known } = body.refused;
    await startOne(ports, workflow, trigger, writable({ input: known, problems: [problem] }));
    return 1;
  }
  return startBatch(ports, trigger, body);
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
