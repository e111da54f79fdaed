import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Workflow } from '../shared/authoring/index.ts';
import type { CaseId } from '../shared/contracts/index.ts';
import { loadWorkflows } from './build/load-workflows.ts';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { usageProblem } from './command/usage-problem.ts';
import { RuntimeClient } from './runtime/client.ts';
import { findCaseOfEvent } from './runtime/find-case.ts';
import { followCase } from './runtime/follow-case.ts';
import { putEvent } from './runtime/put-event.ts';
import { putFile } from './runtime/put-file.ts';
import { inboundMailDomain, sendMail } from './runtime/send-mail.ts';
import { type Sender, sendFile, sendWebhook } from './runtime/send-webhook.ts';

const USAGE = `Start a case by a webhook:  npm run trigger -- <workflow> <file.json>
Send a file of many:        npm run trigger -- <workflow> <file.csv or file.jsonl>
Put it into the bucket:     npm run trigger -- <workflow> --bucket <file.csv>
Send it a mail:             npm run trigger -- <workflow> <file.eml>
Start one by an event:      npm run trigger -- <workflow> --event <file.json>
                            npm run trigger -- --event <file.json> --source <source> --detail-type <type>`;

/** Sends a trigger to the running runtime as the outside world would, and tells what becomes of it. */
async function trigger(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const runtime = new RuntimeClient();
  if (runtime.isDeployment) throw new Problem('Triggers are sent to the runtime of this machine: unset REMIT_URL.');
  const [workflow, file] = positionals;
  if (values.event !== undefined) return triggerByEvent(runtime, values.event, await addressed(values, workflow));
  if (workflow !== undefined && values.bucket !== undefined) return triggerByBucket(runtime, workflow, values.bucket);
  if (workflow === undefined || file === undefined) throw new Problem(USAGE);
  if (file.endsWith('.eml')) return triggerByMail(runtime, workflow, file);
  if (/\.(csv|jsonl)$/.test(file)) return triggerByFile(runtime, workflow, file);
  return follow(runtime, await sendWebhook(runtime, workflow, readJson(file), await senderOf(workflow)));
}

/** Of the workflow's first webhook. Of one that is not known the runtime says so itself. */
async function senderOf(id: string): Promise<{ sender?: Sender }> {
  const workflow = (await loadWorkflows()).find((candidate) => candidate.id === id);
  const sender = workflow?.triggers.find((candidate) => candidate.kind === 'webhook');
  return sender === undefined ? {} : { sender };
}

async function triggerByFile(runtime: RuntimeClient, id: string, path: string): Promise<number> {
  const workflow = await workflowOf(id);
  const trigger = workflow.triggers.find((candidate) => candidate.kind === 'webhook' && candidate.batch !== null);
  if (trigger === undefined) throw new Problem(`No file starts cases of ${id}: it has no trigger of many lines.`);
  const batch = await sendFile(runtime, { workflow: id, trigger: trigger.id, file: readText(path) });
  return tellOfBatch(runtime, workflow, batch);
}

/** By the bucket, where no signature is needed and the file stays for a while. */
async function triggerByBucket(runtime: RuntimeClient, id: string, path: string): Promise<number> {
  const workflow = await workflowOf(id);
  const trigger = workflow.triggers.find((candidate) => candidate.kind === 'bucket-file');
  if (trigger === undefined) throw new Problem(`No file in a bucket starts cases of ${id}: it has no such trigger.`);
  const name = basename(path);
  if (!name.endsWith(trigger.suffix)) throw new Problem(`${id} waits for files whose names end in ${trigger.suffix}.`);
  return tellOfBatch(runtime, workflow, await putFile(runtime.address, `${trigger.prefix}${name}`, readText(path)));
}

function tellOfBatch({ address }: RuntimeClient, { team }: Workflow, file: string): number {
  say(`File ${file}: each of its lines becomes a case.`);
  say(`When all are decided, ${team.owner} is mailed what was found:`);
  say(`  ${address.url}/_local/mail/`);
  return 0;
}

async function triggerByMail(runtime: RuntimeClient, id: string, path: string): Promise<number> {
  const trigger = (await workflowOf(id)).triggers.find((candidate) => candidate.kind === 'inbound-mail');
  if (trigger === undefined) throw new Problem(`No mail starts cases of ${id}: it has no mail trigger.`);
  const to = `${trigger.to}@${inboundMailDomain()}`;
  const messageId = await sendMail(runtime, readText(path), to);
  say(`Mail to ${to}`);
  const caseId = await findCaseOfEvent(runtime, messageId ?? 'bytes/', 'named-by');
  if (caseId === null) throw new Problem('No case came of it: mails of machines start none.');
  return follow(runtime, caseId);
}

async function triggerByEvent(runtime: RuntimeClient, file: string, event: EventAddress): Promise<number> {
  const eventId = await putEvent(runtime.address, { ...event, detail: readJson(file) });
  say(`Event ${eventId} of ${event.source}: ${event.detailType}`);
  const caseId = await findCaseOfEvent(runtime, eventId);
  if (caseId === null)
    throw new Problem('No case came of it: no workflow has an event trigger for this source and type.');
  return follow(runtime, caseId);
}

async function follow(runtime: RuntimeClient, caseId: CaseId): Promise<number> {
  say(`Case ${caseId}`);
  await followCase(runtime, caseId);
  return 0;
}

interface EventAddress {
  readonly source: string;
  readonly detailType: string;
}

/** Source and type as the flags say, or as the workflow's own event trigger does. */
async function addressed(flags: Flags, workflowId: string | undefined): Promise<EventAddress> {
  const { source, 'detail-type': detailType } = flags;
  if (source !== undefined && detailType !== undefined) return { source, detailType };
  if (workflowId === undefined) throw new Problem(USAGE);
  const workflow = await workflowOf(workflowId);
  const event = workflow.triggers.find((candidate) => candidate.kind === 'event');
  if (event === undefined) throw new Problem(`No event starts ${workflowId}: it has no event trigger.`);
  return event;
}

async function workflowOf(id: string): Promise<Workflow> {
  const workflow = (await loadWorkflows()).find((candidate) => candidate.id === id);
  if (workflow !== undefined) return workflow;
  throw new Problem(`There is no workflow ${id}: agents/index.ts lists those that there are.`);
}

interface Flags {
  readonly event?: string;
  readonly bucket?: string;
  readonly source?: string;
  readonly 'detail-type'?: string;
}

function parse(args: readonly string[]): { values: Flags; positionals: string[] } {
  try {
    const option = { type: 'string' } as const;
    const options = { event: option, bucket: option, source: option, 'detail-type': option };
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw usageProblem(error, USAGE);
  }
}

/** The text of a file, known to be JSON and sent byte for byte. */
function readJson(file: string): string {
  const text = readText(file);
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new Problem(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

function readText(file: string): string {
  if (!existsSync(file)) throw new Problem(`There is no file ${file}.`);
  return readFileSync(file, 'utf8');
}

if (import.meta.main) await runCommand(trigger);
