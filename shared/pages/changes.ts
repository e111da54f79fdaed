import type { Json, JsonObject } from '../contracts/index.ts';
import { amountWords, asMoney } from './amounts.ts';
import { foreign } from './fact-list.ts';
import { labelOf } from './field-labels.ts';
import type { FormField } from './form-fields.ts';
import { type Html, html } from './html.ts';
import { isObject } from './json-schema.ts';

/** One value that differs; undefined where it is missing on that side. */
export type Change = { readonly label: string; readonly before: Json | undefined; readonly after: Json | undefined };

/** Every leaf that differs, in the order of the newer one; a value missing on one side is a difference. */
export function changesBetween(before: JsonObject, after: JsonObject, fields: readonly FormField[]): Change[] {
  const old = leaves(before, []);
  const now = leaves(after, []);
  const places = new Map([...now, ...old].map(({ at, path }) => [at, path]));
  const valueAt = (side: readonly Leaf[]): Map<string, Json> => new Map(side.map(({ at, value }) => [at, value]));
  const [was, is] = [valueAt(old), valueAt(now)];
  return [...places]
    .map(([at, path]) => ({ label: labelAt(path, fields), before: was.get(at), after: is.get(at) }))
    .filter(({ before: one, after: other }) => JSON.stringify(one) !== JSON.stringify(other));
}

export function changeTable(changes: readonly Change[], before: string, after: string): Html {
  if (changes.length === 0) return html`<p class="note">No value differs.</p>`;
  return html`<table class="changes"><thead><tr><th class="name" scope="col">Field</th><th scope="col">${before}</th><th scope="col">${after}</th></tr></thead><tbody>${changes.map(
    (change) =>
      html`<tr><td class="name">${foreign(change.label)}</td><td class="old">${valueText(change.before)}</td><td class="new">${valueText(change.after)}</td></tr>`,
  )}</tbody></table>`;
}

type Leaf = { readonly at: string; readonly path: readonly string[]; readonly value: Json };

function leaves(value: Json, path: readonly string[]): Leaf[] {
  const isBranch = isObject(value) && asMoney(value) === null && Object.keys(value).length > 0 && path.length < 12;
  if (!isBranch) return [{ at: JSON.stringify(path), path, value }];
  return Object.entries(value).flatMap(([key, member]) => leaves(member, [...path, key]));
}

function labelAt(path: readonly string[], fields: readonly FormField[]): string {
  const [key = '', ...rest] = path;
  const field = fields.find((each) => each.key === key);
  const label = field?.label ?? labelOf([key], {});
  if (rest.length === 0) return label;
  return `${label}, ${labelAt(rest, field?.shape.kind === 'group' ? field.shape.fields : [])}`;
}

function valueText(value: Json | undefined): Html {
  if (value === undefined) return html`<span class="nothing">not there</span>`;
  if (value === null || value === '') return html`<span class="nothing">empty</span>`;
  const amount = asMoney(value);
  if (amount !== null) return foreign(amountWords(amount));
  const isLines = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return foreign(isLines ? value.join('\n') : typeof value === 'string' ? value : JSON.stringify(value, null, 1));
}
