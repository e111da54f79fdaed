import { AwsError } from '../../kernel/errors.ts';
import type { Json, JsonObject } from '../../kernel/service.ts';
import { isObject } from '../../template/intrinsics.ts';
import type { SurfaceParts } from '../parts.ts';

/** One thing that agents did, as the sandbox keeps it. */
export interface KeptEffect {
  readonly caseId: string;
  readonly connector: string;
  readonly atMs: number;
  readonly arguments: JsonObject;
  readonly result: JsonObject;
  readonly idempotencyKey: string;
  /** The mail that the system behind the stand-in would have sent by itself; null for none. */
  readonly mail: JsonObject | null;
}

/** What a channel shows of a question. */
export interface KeptCard {
  readonly caseId: string;
  readonly atMs: number;
  readonly channel: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly link: string | null;
}

/** A record of the made-up outside world: `crm` and an e-mail address, for one. */
export interface KeptRecord {
  readonly kind: string;
  readonly key: string;
  readonly fields: JsonObject;
}

export interface SandboxItems {
  /** In order of time, as the cards are. */
  readonly effects: readonly KeptEffect[];
  readonly cards: readonly KeptCard[];
  readonly records: readonly KeptRecord[];
  /** False where there are more items than a page looks at. */
  readonly isAll: boolean;
}

/** Enough for a day of trying out; a page is no place for more. */
const MOST_ITEMS = 20_000;
const PAGE_SIZE = 1_000;

/**
 * Everything in the sandbox's table. It is read whole, piece by piece: a page for a person at this machine needs no index
 * that every effect would pay for.
 */
export async function sandboxItems(parts: SurfaceParts): Promise<SandboxItems> {
  if (parts.effectsTable === null) {
    throw new AwsError('NotFound', 'The stack has no table of sandbox connectors.', { status: 404 });
  }
  const items: JsonObject[] = [];
  let startKey: Json | undefined;
  do {
    const page: JsonObject = await parts.dispatch({
      ...{ service: 'dynamodb', operation: 'Scan', caller: { kind: 'operator', traceId: null } },
      input: {
        ...{ TableName: parts.effectsTable, Limit: PAGE_SIZE },
        ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
      },
    });
    if (Array.isArray(page['Items'])) items.push(...(page['Items'] as readonly JsonObject[]));
    startKey = page['LastEvaluatedKey'];
  } while (startKey !== undefined && items.length < MOST_ITEMS);
  return {
    effects: items.flatMap(effectIn).toSorted((a, b) => a.atMs - b.atMs),
    cards: items.flatMap(cardIn).toSorted((a, b) => a.atMs - b.atMs),
    records: items.flatMap(recordIn),
    isAll: startKey === undefined,
  };
}

function effectIn(item: JsonObject): KeptEffect[] {
  const effect = jsonIn(item, 'effect');
  if (effect === null) return [];
  return [
    {
      ...{ caseId: caseIdOf(item), connector: textOf(effect['connector']), atMs: numberOf(effect['atMs']) },
      ...{ arguments: objectOf(effect['arguments']), result: objectOf(effect['result']) },
      idempotencyKey: textOf(effect['idempotencyKey']),
      mail: effect['mail'] !== undefined && isObject(effect['mail']) ? effect['mail'] : null,
    },
  ];
}

function cardIn(item: JsonObject): KeptCard[] {
  const card = jsonIn(item, 'card');
  if (card === null) return [];
  const { channel, title, lines, link = null, shownAtMs } = card;
  return [
    {
      ...{ caseId: caseIdOf(item), atMs: numberOf(shownAtMs), channel: textOf(channel), title: textOf(title) },
      ...{ lines: Array.isArray(lines) ? lines.map(textOf) : [], link: link === null ? null : textOf(link) },
    },
  ];
}

function recordIn(item: JsonObject): KeptRecord[] {
  const fields = jsonIn(item, 'fields');
  const [kind = '', ...key] = attribute(item, 'pk').split('#');
  return fields === null ? [] : [{ kind, key: key.join('#'), fields }];
}

/** The sandbox connectors keep what they know as JSON text. */
function jsonIn(item: JsonObject, name: string): JsonObject | null {
  const text = attribute(item, name);
  if (text === '') return null;
  const value = JSON.parse(text) as Json;
  return isObject(value) ? value : null;
}

function attribute(item: JsonObject, name: string): string {
  const value = item[name];
  return isObject(value) ? textOf(value['S']) : '';
}

function caseIdOf(item: JsonObject): string {
  return attribute(item, 'pk').replace(/^case#/, '');
}

export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== undefined && isObject(value) ? value : {};
}
