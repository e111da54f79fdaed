import { validationError } from '../errors.ts';
import { type AttributeMap, type AttributeValue, attributeOf, emptyAttributeMap } from '../values/attribute-value.ts';
import type { Path } from './path.ts';

/**
 * The item with `value` at `path`; an index past the end of a list appends.
 *
 * @throws ValidationException if what the path leads through is not there or is no map or list.
 */
export function setAt(item: AttributeMap, path: Path, value: AttributeValue): AttributeMap {
  return changedMap(item, path, 0, value);
}

/** The item without what is at `path`; whatever is not there is passed over. Errors as for setAt. */
export function removeAt(item: AttributeMap, path: Path): AttributeMap {
  return changedMap(item, path, 0, null);
}

function changedMap(map: AttributeMap, path: Path, at: number, value: AttributeValue | null): AttributeMap {
  const name = String(path[at]);
  const changed = Object.assign(emptyAttributeMap(), map);
  const inside = at === path.length - 1 ? value : changedValue(attributeOf(map, name), path, at + 1, value);
  if (inside === null) delete changed[name];
  else changed[name] = inside;
  return changed;
}

function changedList(
  list: readonly AttributeValue[],
  path: Path,
  at: number,
  value: AttributeValue | null,
): readonly AttributeValue[] {
  const index = Number(path[at]);
  const inside = at === path.length - 1 ? value : changedValue(list[index], path, at + 1, value);
  if (inside === null) return list.filter((_, position) => position !== index);
  return index < list.length ? list.with(index, inside) : [...list, inside];
}

function changedValue(
  container: AttributeValue | undefined,
  path: Path,
  at: number,
  value: AttributeValue | null,
): AttributeValue {
  const isIndex = typeof path[at] === 'number';
  if (container !== undefined && 'M' in container && !isIndex) return { M: changedMap(container.M, path, at, value) };
  if (container !== undefined && 'L' in container && isIndex) return { L: changedList(container.L, path, at, value) };
  throw validationError('The document path provided in the update expression is invalid for update');
}
