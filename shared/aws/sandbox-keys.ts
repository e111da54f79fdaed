import type { ErasureOf } from '../ports/index.ts';
import type { Item } from './case-items.ts';

/** Records of the sandbox that are about a person, by whom they are kept. */
const OF_PEOPLE = ['crm', 'customer'];
/** Records that an effect of a case made, by an id among its arguments or its result. */
const OF_EFFECTS = ['ticket', 'bug', 'page'];
const ID_FIELDS = /^(ticketId|bugId|pageId)$/;

/** Partitions of the sandbox that hold what is known of the person of a case, and the answers that its effects got. */
export function sandboxKeysOf(of: ErasureOf, own: readonly Item[], effects: readonly Item[]): string[] {
  const people = OF_PEOPLE.flatMap((kind) => of.names.map((name) => `${kind}#${name}`));
  const ids = [...new Set(effects.flatMap((item) => idsIn(JSON.parse(item['effect']?.S ?? 'null'))))];
  const made = OF_EFFECTS.flatMap((kind) => ids.map((id) => `${kind}#${id}`));
  const keys = own.flatMap(({ sk }) => (sk?.S?.startsWith('action#') ? [sk.S.slice('action#'.length)] : []));
  const once = keys.map((actionId) => `once#${of.caseId}.${actionId}`);
  return [...people, ...made, ...once];
}

function idsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    ID_FIELDS.test(name) && typeof one === 'string' ? [one] : idsIn(one),
  );
}
