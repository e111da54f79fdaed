import type { RuntimeClient } from '../runtime/client.ts';
import { putEvent } from '../runtime/put-event.ts';
import { inboundMailDomain, sendMail } from '../runtime/send-mail.ts';
import { sendFile, sendWebhook } from '../runtime/send-webhook.ts';
import type { Arrival } from './traffic.ts';

/** What became of it at the door. */
export interface AtTheDoor {
  readonly arrival: Arrival;
  readonly said: 'taken' | 'known' | 'refused' | 'let in';
}

/** Sends all of it, in order. @param onSent called after each. */
export async function sendMorning(
  runtime: RuntimeClient,
  arrivals: readonly Arrival[],
  onSent: (sent: number) => void,
): Promise<readonly AtTheDoor[]> {
  const caseIds = new Map<string, string>();
  const told: AtTheDoor[] = [];
  for (const arrival of arrivals) {
    told.push({ arrival, said: await send(runtime, arrival, caseIds) });
    onSent(told.length);
  }
  return told;
}

async function send(
  runtime: RuntimeClient,
  arrival: Arrival,
  caseIds: Map<string, string>,
): Promise<AtTheDoor['said']> {
  const { workflow, file, text } = arrival.sample;
  const eventId = `demo-${workflow}-${file.replaceAll(/\W/g, '-')}`;
  switch (arrival.kind) {
    case 'webhook':
      caseIds.set(eventId, await sendWebhook(runtime, workflow, text, { eventId }));
      return 'taken';
    case 'again':
      return (await sendWebhook(runtime, workflow, text, { eventId })) === caseIds.get(eventId) ? 'known' : 'let in';
    case 'forged':
      return (await sendForged(runtime, workflow, text)) === 401 ? 'refused' : 'let in';
    case 'event':
      await putEvent(runtime.address, { source: arrival.source, detailType: arrival.detailType, detail: text });
      return 'taken';
    case 'mail':
      await sendMail(runtime, text, `${arrival.to}@${inboundMailDomain()}`);
      return 'taken';
    case 'file':
      await sendFile(runtime, { workflow, trigger: arrival.trigger, file: text });
      return 'taken';
  }
}

/** @returns the status. */
async function sendForged(runtime: RuntimeClient, workflow: string, text: string): Promise<number> {
  const headers = {
    'webhook-id': 'forged',
    'webhook-timestamp': String(Math.floor(Date.now() / 1_000)),
    'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
  };
  return (await runtime.post(`/hooks/${workflow}`, text, headers)).status;
}
