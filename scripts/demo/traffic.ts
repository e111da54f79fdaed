import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Workflow } from '../../shared/authoring/index.ts';
import { recordsOf } from '../../shared/domain/batches/file-records.ts';

/** A file of a workflow's folder `samples`. */
export interface Sample {
  readonly workflow: string;
  /** `hot-lead.json` */
  readonly file: string;
  readonly text: string;
}

/**
 * One thing that reaches the company from outside.
 * - `again`: a delivery that came before, sent a second time.
 * - `forged`: signed by somebody who does not know the secret.
 */
export type Arrival =
  | { readonly kind: 'webhook' | 'again' | 'forged'; readonly sample: Sample }
  | { readonly kind: 'event'; readonly sample: Sample; readonly source: string; readonly detailType: string }
  /** To the local part of an address of ours. */
  | { readonly kind: 'mail'; readonly sample: Sample; readonly to: string }
  | { readonly kind: 'file'; readonly sample: Sample; readonly trigger: string; readonly lines: number };

/** Every so many of what comes by webhook comes twice, and every so many has a forged twin. */
const AGAIN_EVERY = 8;
const FORGED_EVERY = 16;

/**
 * The traffic of a morning: all samples of all workflows, mixed, by the triggers that they are for, some of them twice and
 * some forged. The same samples make the same morning.
 */
export function morningOf(workflows: readonly Workflow[], samples: readonly Sample[]): readonly Arrival[] {
  const arrivals = samples.toSorted(mixed).flatMap((sample) => {
    const workflow = workflows.find(({ id }) => id === sample.workflow);
    return workflow === undefined ? [] : arrivalsOf(workflow, sample);
  });
  const byWebhook = arrivals.filter(({ kind }) => kind === 'webhook');
  const again = byWebhook.filter((_, index) => index % AGAIN_EVERY === 0);
  const forged = byWebhook.filter((_, index) => index % FORGED_EVERY === 1);
  return [
    ...arrivals,
    ...again.map(({ sample }) => ({ kind: 'again' as const, sample })),
    ...forged.map(({ sample }) => ({ kind: 'forged' as const, sample })),
  ];
}

/** How many cases all of it comes to: a delivery that comes twice has one, a forged one none, a file one for each line. */
export function casesIn(arrivals: readonly Arrival[]): number {
  return arrivals.reduce((cases, arrival) => cases + casesOf(arrival), 0);
}

function casesOf(arrival: Arrival): number {
  if (arrival.kind === 'file') return arrival.lines;
  return ['webhook', 'event', 'mail'].includes(arrival.kind) ? 1 : 0;
}

/** A file of many goes to the trigger of many, a mail to the address of the workflow; what is named after an event, or as one, is an event; the rest are webhooks. */
function arrivalsOf({ triggers }: Workflow, sample: Sample): readonly Arrival[] {
  const name = basename(sample.file, '.json');
  if (sample.file.endsWith('.csv')) {
    const many = triggers.find((trigger) => trigger.kind === 'webhook' && trigger.batch !== null);
    const lines = [...recordsOf(Buffer.from(sample.text), 'csv')].length - 1;
    return many === undefined ? [] : [{ kind: 'file', sample, trigger: many.id, lines }];
  }
  if (sample.file.endsWith('.eml')) {
    const mail = triggers.find((trigger) => trigger.kind === 'inbound-mail');
    return mail === undefined ? [] : [{ kind: 'mail', sample, to: mail.to }];
  }
  // The same lines as the file of another format.
  if (!sample.file.endsWith('.json')) return [];
  const event = triggers.find((trigger) => trigger.kind === 'event' && (trigger.id === name || /\bevent$/.test(name)));
  if (event?.kind === 'event') {
    const { source, detailType } = event;
    return [{ kind: 'event', sample, source, detailType }];
  }
  return triggers.some(({ kind }) => kind === 'webhook') ? [{ kind: 'webhook', sample }] : [];
}

/** By a hash of the name: mixed, and the same every time. */
function mixed(a: Sample, b: Sample): number {
  return hashOf(a) < hashOf(b) ? -1 : 1;
}

function hashOf({ workflow, file }: Sample): string {
  return createHash('sha256').update(`${workflow}/${file}`).digest('hex');
}
