import type { Json, JsonObject } from '../contracts/index.ts';
import { withoutUnit } from './amounts.ts';
import { type Fact, factsOf } from './facts.ts';
import { type Labels, labelOf } from './field-labels.ts';
import { isObject, type JsonSchema, own, resolved } from './json-schema.ts';

/** What will be done, every argument of it: as a letter where it is one, otherwise field by field. */
export type Proposal =
  | { readonly kind: 'letter'; readonly head: readonly Fact[]; readonly body: Fact; readonly others: readonly Fact[] }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] };

/** A draft with a recipient or subject and one body of text reads as a letter; nothing is left out of either form. */
export function proposalOf(draft: JsonObject, schema: JsonSchema, labels: Labels, currency?: Json): Proposal {
  const facts = titled(factsOf(draft, labels, currency), schema, labels);
  const body = facts.find(({ key, value }) => bodyKeys.has(key) && value.kind === 'text');
  const head = headKeys.flatMap((key) => facts.filter((fact) => fact.key === key && fact.value.kind !== 'facts'));
  if (body === undefined || head.length === 0) return { kind: 'facts', facts };
  const used = new Set([body, ...head]);
  return { kind: 'letter', head, body: whole(body), others: facts.filter((fact) => !used.has(fact)) };
}

const bodyKeys = new Set(['body', 'text', 'message', 'content']);
const headKeys = ['from', 'channel', 'to', 'recipient', 'cc', 'bcc', 'replyTo', 'reply-to', 'subject'];

/** In the order and with the titles of the schema; what it does not know comes last. */
function titled(facts: readonly Fact[], schema: JsonSchema, labels: Labels): Fact[] {
  const properties = own(resolved(schema, schema).schema, 'properties');
  const keys = Object.keys(isObject(properties) ? properties : {});
  const rank = (key: string): number => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  return facts
    .map((fact) => {
      const label = titleOf(own(properties, fact.key)) ?? labelOf([fact.key], labels);
      return { ...fact, label: fact.value.kind === 'amount' ? withoutUnit(label) : label };
    })
    .sort((a, b) => rank(a.key) - rank(b.key));
}

function titleOf(property: Parameters<typeof own>[0]): string | undefined {
  const title = own(property, 'title');
  return typeof title === 'string' && title !== '' ? title : undefined;
}

function whole(fact: Fact): Fact {
  return fact.value.kind === 'text' ? { ...fact, value: { ...fact.value, isLong: true } } : fact;
}
