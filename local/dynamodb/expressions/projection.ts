import { type AttributeMap, type AttributeValue, attributeOf, emptyAttributeMap } from '../values/attribute-value.ts';
import { refuseOverlaps } from './overlap.ts';
import { type Path, parsePath } from './path.ts';
import type { Placeholders } from './placeholders.ts';
import { Tokens } from './tokens.ts';

/** Reads a ProjectionExpression. @throws ValidationException in the words of AWS. */
export function parseProjection(text: string, placeholders: Placeholders): readonly Path[] {
  const tokens = new Tokens('ProjectionExpression', text);
  const paths = [parsePath(tokens, placeholders)];
  while (tokens.takeSymbol(',')) paths.push(parsePath(tokens, placeholders));
  tokens.expectEnd();
  refuseOverlaps(tokens, paths);
  return paths;
}

/** What the paths select of the item, in its own shape; lists close up around what was chosen. */
export function project(item: AttributeMap, paths: readonly Path[]): AttributeMap {
  const root: Selection = new Map();
  for (const path of paths) select(root, path);
  return pickFromMap(item, root);
}

/** Names or indexes to what is chosen below them; null chooses the whole value. */
type Selection = Map<string | number, Selection | null>;

function select(root: Selection, path: Path): void {
  let selection = root;
  for (const element of path.slice(0, -1)) {
    const inner: Selection = selection.get(element) ?? new Map();
    selection.set(element, inner);
    selection = inner;
  }
  const last = path.at(-1);
  if (last !== undefined) selection.set(last, null);
}

function pickFromMap(map: AttributeMap, selection: Selection): AttributeMap {
  const picked = emptyAttributeMap();
  for (const [name, inner] of selection) {
    const value = pick(attributeOf(map, String(name)), inner);
    if (value !== null) picked[name] = value;
  }
  return picked;
}

function pick(value: AttributeValue | undefined, selection: Selection | null): AttributeValue | null {
  if (value === undefined) return null;
  if (selection === null) return value;
  const isOfIndexes = typeof selection.keys().next().value === 'number';
  if ('M' in value && !isOfIndexes) return pickedMap(value.M, selection);
  if ('L' in value && isOfIndexes) return pickedList(value.L, selection);
  return null;
}

function pickedMap(map: AttributeMap, selection: Selection): AttributeValue | null {
  const picked = pickFromMap(map, selection);
  return Object.keys(picked).length === 0 ? null : { M: picked };
}

function pickedList(list: readonly AttributeValue[], selection: Selection): AttributeValue | null {
  const indexes = [...selection.keys()].map(Number).sort((a, b) => a - b);
  const picked = indexes
    .map((index) => pick(list[index], selection.get(index) ?? null))
    .filter((value) => value !== null);
  return picked.length === 0 ? null : { L: picked };
}
