import type { Place } from '../kernel/names.ts';
import type { Json, JsonObject } from '../kernel/service.ts';

/** An event as targets get it. */
export type EventEnvelope = {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO time in whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
};

/** An event that was accepted, with what belongs to it but is not in it. */
export interface AcceptedEvent {
  readonly bus: string;
  readonly envelope: EventEnvelope;
  readonly traceId: string;
}

export interface EventParts {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  readonly timeMs: number;
}

export function envelopeOf(parts: EventParts, place: Place): EventEnvelope {
  return {
    version: '0',
    id: parts.id,
    'detail-type': parts.detailType,
    source: parts.source,
    account: place.accountId,
    time: isoSeconds(parts.timeMs),
    region: place.region,
    resources: parts.resources,
    detail: parts.detail,
  };
}

export function isoSeconds(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}

/** The value at a path as `$.detail.items[0].name`; undefined where there is none. */
export function valueAt(envelope: JsonObject, path: string): Json | undefined {
  const steps = path.replace(/^\$\.?/, '').match(/[^.[\]'"]+/g) ?? [];
  let value: Json | undefined = envelope;
  for (const step of steps) {
    if (value === null || typeof value !== 'object') return undefined;
    value = Array.isArray(value) ? (value as readonly Json[])[Number(step)] : (value as JsonObject)[step];
    if (value === undefined) return undefined;
  }
  return value;
}
