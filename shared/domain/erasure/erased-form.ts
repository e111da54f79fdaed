import type { Json } from '../../contracts/index.ts';
import type { Eraser } from '../salted-tree.ts';
import { standsIn, subjectName } from './subjects.ts';

/** Stands where text of a person was. */
export const ERASED_TEXT = '[erased]';
/** Stands where an address of a person was that has to be an address. */
const ERASED_ADDRESS = 'erased@erased.invalid';
/** Stands where a value with members was. */
const ERASED_OBJECT: Json = { erased: true };

/**
 * What of a case speaks of a person. It fails closed: text stays only under names that are known to hold none of a
 * person's, and not even there where it holds what the person is known by. Numbers and yes or no stay, except in what came
 * in, was read, decided, asked or done: of these nothing stays. So a record still says what happened when, by which rules,
 * how sure the agents were, who answered what, and what it cost. What somebody is called may be a word of the platform's,
 * or stand in one: what the platform itself wrote goes for an address alone, and else a name counts where it stands by
 * itself.
 * @param known what the person is known by: addresses and names as they are written, in any case.
 */
export function personalParts(known: readonly string[]): Eraser {
  const words = [...new Set(known.map(subjectName))].filter((word) => word.length >= SHORTEST_KNOWN);
  const addresses = words.filter((word) => word.includes('@'));
  const isKnown = (text: string, keeps: Keeps): boolean => {
    const plain = subjectName(text);
    if (keeps === 'foreign') return words.some((word) => plain.includes(word));
    if (plain.includes('@') && addresses.some((address) => plain.includes(address))) return true;
    return keeps === 'people' && words.some((word) => standsIn(plain, word));
  };
  return (part, path) => {
    const name = nameOf(path);
    if (WHOLE.has(name)) return isEmpty(part) ? null : { instead: markFor(part) };
    const keeps = keptAs(path);
    if (keeps !== null) {
      return typeof part === 'string' && isKnown(part, keeps) ? { instead: textMark(part) } : null;
    }
    return typeof part === 'string' && part !== '' && !isMark(part) ? { instead: textMark(part) } : null;
  };
}

/** A value without the parts that an eraser takes, and how many these are. For what stands in no chain. */
export function withoutParts(
  value: Json,
  eraser: Eraser,
  path: readonly string[] = [],
): { readonly value: Json; readonly parts: number } {
  const found = eraser(value, path);
  if (found !== null) return { value: found.instead, parts: 1 };
  if (typeof value !== 'object' || value === null) return { value, parts: 0 };
  const below = Object.entries(value).map(([name, one]) => ({
    name,
    ...withoutParts(one ?? null, eraser, [...path, name]),
  }));
  const parts = below.reduce((sum, one) => sum + one.parts, 0);
  const values = below.map(({ name, value: one }): [string, Json] => [name, one]);
  return { value: Array.isArray(value) ? values.map(([, one]) => one) : Object.fromEntries(values), parts };
}

/** A word that is shorter stands in too many others. */
const SHORTEST_KNOWN = 3;

/** Nothing stays of what these hold. */
const WHOLE: ReadonlySet<string> = new Set([
  ...['input', 'data', 'arguments', 'draft', 'edits', 'result', 'decision', 'judgement', 'handOver', 'fixed'],
  ...['agentDecision', 'personDecision', 'position', 'carried', 'after', 'before', 'pinned', 'changes', 'opinions'],
  ...['attempts', 'because', 'problems', 'doubts', 'notes'],
]);

/** What these hold is the platform's own, all the way down. */
const OWN_WHOLE: ReadonlySet<string> = new Set(['settings', 'versions', 'form', 'counted', 'amount', 'counts']);

/** Text under these names is the platform's own: an id, a digest, one of a few words. Other text there is none of it. */
const OWN: ReadonlySet<string> = new Set([
  ...['id', 'caseId', 'actionId', 'requestId', 'shapeId', 'workflow', 'trigger', 'segment', 'type', 'state', 'outcome'],
  ...['agent', 'agents', 'tier', 'model', 'status', 'source', 'action', 'mode', 'phase', 'kind', 'rule', 'purpose'],
  ...['from', 'to', 'occasion', 'verb', 'verbs', 'reasonFor', 'proof', 'channel', 'digest', 'version', 'how', 'step'],
  ...['idempotencyKey', 'cap', 'connector', 'compensation', 'compensates', 'overturned', 'standing', 'actionIds'],
  ...['currency', 'setting', 'seen'],
]);

/** Whoever answers says nothing of the person whom a case is about, unless they are that person. */
const PEOPLE: ReadonlySet<string> = new Set([
  ...['releasedBy', 'by', 'decidedBy', 'people', 'nextPeople', 'excluded', 'onBehalfOf', 'author', 'person'],
  ...['field', 'fields', 'effect'],
]);

/** Others have a part in how these are written: names of members, answers of services. */
const FOREIGN: ReadonlySet<string> = new Set(['cites', 'code', 'ref', 'path']);

type Keeps = 'own' | 'people' | 'foreign';

/** A digest of what was read could be found again by guessing. */
const NOT_KEPT: ReadonlySet<string> = new Set(['kept.id', 'readings.digest']);

/** Null where text does not stay. */
function keptAs(path: readonly string[]): Keeps | null {
  if (path.some((name) => OWN_WHOLE.has(name))) return 'own';
  const names = path.filter((name) => !isPlace(name));
  const last = names.at(-1) ?? '';
  if (NOT_KEPT.has(names.slice(-2).join('.'))) return null;
  if (OWN.has(last)) return 'own';
  if (PEOPLE.has(last)) return 'people';
  return FOREIGN.has(last) ? 'foreign' : null;
}

/** Items stand under the name of their list. */
function nameOf(path: readonly string[]): string {
  const last = path.at(-1) ?? '';
  return isPlace(last) ? '' : last;
}

function isPlace(name: string): boolean {
  return /^\d+$/.test(name);
}

function isEmpty(part: Json): boolean {
  if (part === null || part === '' || isMark(part)) return true;
  if (Array.isArray(part)) return part.length === 0;
  return typeof part === 'object' && (Object.keys(part).length === 0 || part['erased'] === true);
}

function isMark(part: Json): boolean {
  return part === ERASED_TEXT || part === ERASED_ADDRESS;
}

function markFor(part: Json): Json {
  if (Array.isArray(part)) return [];
  if (typeof part === 'object' && part !== null) return ERASED_OBJECT;
  return typeof part === 'string' ? textMark(part) : ERASED_TEXT;
}

function textMark(text: string): string {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? ERASED_ADDRESS : ERASED_TEXT;
}
