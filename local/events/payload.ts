import type { Json } from '../kernel/service.ts';
import { type EventEnvelope, valueAt } from './event.ts';
import type { Target } from './target.ts';

export interface PayloadContext {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** ISO time at which the event was accepted. */
  readonly ingestedAt: string;
}

/** What a target gets of an event: the whole, a part, something fixed, or a template filled in. JSON text. */
export function payloadFor(target: Target, envelope: EventEnvelope, context: PayloadContext): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(valueAt(envelope, target.InputPath) ?? null);
  if (target.InputTransformer === undefined) return JSON.stringify(envelope);
  const { InputPathsMap: paths, InputTemplate: template } = target.InputTransformer;
  const values = new Map<string, Json | undefined>([
    ['aws.events.rule-arn', context.ruleArn],
    ['aws.events.rule-name', context.ruleName],
    ['aws.events.event.ingestion-time', context.ingestedAt],
    ['aws.events.event.json', envelope],
    ['aws.events.event', withoutDetail(envelope)],
  ]);
  for (const [name, path] of Object.entries(paths)) values.set(name, valueAt(envelope, path));
  return fill(template, values);
}

function withoutDetail({ detail: _detail, ...rest }: EventEnvelope): Json {
  return rest;
}

/** Within quotes a value is inserted as text, outside them as JSON. A value that is missing is empty text or null. */
function fill(template: string, values: ReadonlyMap<string, Json | undefined>): string {
  const isJson = /^\s*[[{"]/.test(template);
  let isQuoted = false;
  return template.replace(/\\.|"|<([\w.-]+)>/gs, (token, name: string | undefined) => {
    if (token === '"') isQuoted = !isQuoted;
    if (name === undefined || !values.has(name)) return token;
    const value = values.get(name);
    if (isQuoted) return JSON.stringify(textOf(value)).slice(1, -1);
    return isJson ? JSON.stringify(value ?? null) : textOf(value);
  });
}

function textOf(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
