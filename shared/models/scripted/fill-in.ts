import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../contracts/index.ts';

/** What a turn was written for is not there: it must not be played. */
export class ScriptMisfit extends Error {
  override readonly name = 'ScriptMisfit';
}

export type Scope = Readonly<Record<string, Json>>;

/**
 * A value of a script with what is there put into it. Plain values stand for themselves.
 *
 * | form | value |
 * |---|---|
 * | `{ "$": "read.found.results.0.url" }` | what stands at the path |
 * | `{ "$text": [ … ] }` | the texts in a row |
 * | `{ "$join": [ … ] }` | the lists as one |
 * | `{ "$each": …, "as": "one", "where"?: { path: value }, "unless"?: { path: value }, "most"?: …, "says": … }` | one for each of a list |
 * | `{ "$find": …, "as": "one", "where": { path: value }, "says"?: … }` | the first of a list that fits |
 *
 * @throws ScriptMisfit where a path leads nowhere, or what is found is of another kind.
 */
export function fillIn(template: Json, scope: Scope): Json {
  if (Array.isArray(template)) return template.map((item) => fillIn(item, scope));
  if (template === null || typeof template !== 'object') return template;
  if (typeof template['$'] === 'string') return at(template['$'], scope);
  if (template['$text'] !== undefined) return listOf(template['$text'], scope).map(textOf).join('');
  if (template['$join'] !== undefined) return listOf(template['$join'], scope).flatMap(itemsOf);
  if (template['$each'] !== undefined) return eachOf(template, scope);
  if (template['$find'] !== undefined) return firstOf(template, scope);
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fillIn(value, scope)]));
}

/** What stands at a dotted path. @throws ScriptMisfit where nothing does. */
export function at(path: string, scope: Scope): Json {
  let value: Json = { ...scope };
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) {
      throw new ScriptMisfit(`there is no ${path}`);
    }
    // An index of a list, or its length, is a member of it like any other.
    value = (value as JsonObject)[key] ?? null;
  }
  return value;
}

/** The same, or null where nothing stands there. */
export function atOrNull(path: string, scope: Scope): Json {
  try {
    return at(path, scope);
  } catch {
    return null;
  }
}

function eachOf(template: JsonObject, scope: Scope): Json {
  const most = template['most'] === undefined ? Number.POSITIVE_INFINITY : fillIn(template['most'], scope);
  if (typeof most !== 'number') throw new ScriptMisfit('"most" is no number');
  const fitting = fittingOf(template['$each'] ?? null, template, scope);
  return fitting.slice(0, most).map((inner) => fillIn(template['says'] ?? null, inner));
}

function firstOf(template: JsonObject, scope: Scope): Json {
  const [first] = fittingOf(template['$find'] ?? null, template, scope);
  if (first === undefined) throw new ScriptMisfit('nothing of the list fits');
  return template['says'] === undefined ? (first[nameIn(template)] ?? null) : fillIn(template['says'], first);
}

/** The scope of each item that fits. */
function fittingOf(list: Json, template: JsonObject, scope: Scope): Scope[] {
  return itemsOf(fillIn(list, scope))
    .map((item): Scope => ({ ...scope, [nameIn(template)]: item }))
    .filter((inner) => allHold(template['where'] ?? {}, inner))
    .filter((inner) => template['unless'] === undefined || !allHold(template['unless'], inner));
}

/** By path, the value that has to stand there. */
function allHold(conditions: Json, scope: Scope): boolean {
  return Object.entries(conditions as JsonObject).every(([path, wanted]) =>
    isDeepStrictEqual(atOrNull(path, scope), fillIn(wanted, scope)),
  );
}

function nameIn(template: JsonObject): string {
  return typeof template['as'] === 'string' ? template['as'] : 'one';
}

function listOf(template: Json, scope: Scope): Json[] {
  return itemsOf(fillIn(template, scope));
}

function itemsOf(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  throw new ScriptMisfit('a list is wanted and there is none');
}

function textOf(value: Json): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new ScriptMisfit('a text is wanted and there is none');
}
