import type { WebhookTrigger } from '../../shared/authoring/index.ts';
import { CaseId } from '../../shared/contracts/index.ts';
import { Problem } from '../command/problem.ts';
import { isRecord, problemIn, type RuntimeClient } from './client.ts';

/** How the sender of a trigger signs, where it is not by Standard Webhooks. */
export type Sender = Pick<WebhookTrigger, 'id' | 'signed'>;

/**
 * Posts the body to the workflow's webhook, signed as its sender would, and returns the id of the case.
 * @param eventId of the delivery, default a new one; the same again makes a duplicate, which has the same case.
 * @param sender default: whoever signs by Standard Webhooks, for the first trigger.
 */
export async function sendWebhook(
  runtime: RuntimeClient,
  workflow: string,
  body: string,
  { eventId, sender }: { readonly eventId?: string; readonly sender?: Sender } = {},
): Promise<CaseId> {
  const isOwn = sender !== undefined && sender.signed !== 'standard';
  const path = `/hooks/${encodeURIComponent(workflow)}${isOwn ? `?trigger=${sender.id}` : ''}`;
  const way = isOwn ? { style: sender.signed, trigger: sender.id, url: `${runtime.address.url}${path}` } : {};
  const headers = await signatureFor(runtime, { workflow, body, id: eventId, ...way });
  const answer = await runtime.post(path, body, headers);
  if (answer.status !== 202) throw new Problem(`The webhook was not accepted: ${problemIn(answer)}`);
  const said = isRecord(answer.body) ? answer.body : {};
  const many = Array.isArray(said['caseIds']) ? said['caseIds'] : [];
  const caseId = CaseId.safeParse(said['caseId'] ?? many[0]);
  if (!caseId.success) throw new Problem(`The webhook was accepted without a case id: ${JSON.stringify(answer.body)}`);
  return caseId.data;
}

/** Posts a file of many lines to a webhook trigger of many, and returns the id that its batch has. */
export async function sendFile(
  runtime: RuntimeClient,
  { workflow, trigger, file }: { readonly workflow: string; readonly trigger: string; readonly file: string },
): Promise<string> {
  const headers = await signatureFor(runtime, { workflow, body: file });
  const answer = await runtime.post(`/hooks/${encodeURIComponent(workflow)}?trigger=${trigger}`, file, headers);
  if (answer.status !== 202) throw new Problem(`The file was not accepted: ${problemIn(answer)}`);
  const batchId = isRecord(answer.body) ? answer.body['batchId'] : undefined;
  if (typeof batchId === 'string') return batchId;
  throw new Problem(`The file was accepted without an id: ${JSON.stringify(answer.body)}`);
}

async function signatureFor(
  runtime: RuntimeClient,
  what: { readonly workflow: string; readonly body: string } & Readonly<Record<string, string | undefined>>,
): Promise<Record<string, string>> {
  const answer = await runtime.post('/_local/sign', what);
  if (answer.status === 404)
    throw new Problem(`There is no workflow ${what.workflow}: agents/index.ts lists those that there are.`);
  if (answer.status !== 200) throw new Problem(`The webhook could not be signed: ${problemIn(answer)}`);
  const headers = isRecord(answer.body) && isRecord(answer.body['headers']) ? answer.body['headers'] : answer.body;
  if (!isRecord(headers))
    throw new Problem(`The signature came in a form that is not understood: ${JSON.stringify(headers)}`);
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
