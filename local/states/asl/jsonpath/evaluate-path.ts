import type { Json } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';
import type { FilterExpression, Operand } from './filter-syntax.ts';
import type { Path, Segment } from './path-syntax.ts';
import { isDefinite } from './path-syntax.ts';
import { isSameJson } from './same-json.ts';

/** A definite path that leads nowhere. */
export class MissingPath extends Error {
  /** Whether it names an item that a list is too short for. */
  readonly isPastEnd: boolean;
  /** The step of the path that found nothing, as it is written without its dot. */
  readonly step: string;

  constructor(place: string, step: string, isPastEnd = false) {
    super(`Missing property in path ${place}`);
    this.name = 'MissingPath';
    this.step = step;
    this.isPastEnd = isPastEnd;
  }
}

/**
 * The value at a path. A path that may match more than one place gives a list, empty for no match; any other throws
 * MissingPath where it leads nowhere.
 */
export function evaluatePath(path: Path, root: Json): Json {
  if (!isDefinite(path)) return selectAll(path, root, root);
  let value = root;
  let place = '$';
  for (const [i, segment] of path.entries()) {
    place += placeOf(segment);
    const [found] = select(segment, value, root);
    if (found === undefined) {
      const isPastEnd = i === path.length - 1 && segment.kind === 'index' && Array.isArray(value);
      throw new MissingPath(place, segment.kind === 'name' ? segment.name : placeOf(segment), isPastEnd);
    }
    value = found;
  }
  return value;
}

function placeOf(segment: Segment): string {
  if (segment.kind === 'name') return `['${segment.name}']`;
  return segment.kind === 'index' ? `[${segment.index}]` : '';
}

function selectAll(path: Path, start: Json, root: Json): Json[] {
  let values: Json[] = [start];
  for (const [i, segment] of path.entries()) {
    if (segment.kind === 'function')
      values = [applyFunction(segment.name, values.length === 1 ? (values[0] ?? null) : values)];
    else if (segment.kind === 'descend') values = values.flatMap(withDescendants);
    else {
      const isDescent = path[i - 1]?.kind === 'descend';
      values = values.flatMap((value) => select(segment, value, root, isDescent));
    }
  }
  return values;
}

function withDescendants(value: Json): Json[] {
  const children = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return [value, ...children.flatMap(withDescendants)];
}

function select(segment: Segment, value: Json, root: Json, isDescent = false): Json[] {
  switch (segment.kind) {
    case 'name':
      return pick(value, [segment.name]);
    case 'names':
      return pick(value, segment.names);
    case 'index':
      return at(value, [segment.index]);
    case 'indexes':
      return at(value, segment.indexes);
    case 'slice':
      return slice(value, segment.from, segment.to, segment.step);
    case 'all':
      return Array.isArray(value) ? [...value] : isObject(value) ? Object.values(value) : [];
    case 'filter':
      return filterOf(value, segment.filter, root, isDescent);
    case 'function':
      return [applyFunction(segment.name, value)];
    case 'descend':
      return withDescendants(value);
  }
}

function pick(value: Json, names: readonly string[]): Json[] {
  if (!isObject(value)) return [];
  return names.flatMap((name) => {
    const found = Object.hasOwn(value, name) ? value[name] : undefined;
    return found === undefined ? [] : [found];
  });
}

function at(value: Json, indexes: readonly number[]): Json[] {
  if (!Array.isArray(value)) return [];
  return indexes.flatMap((index) => {
    const found = (value as readonly Json[]).at(index);
    return found === undefined || index < -value.length ? [] : [found];
  });
}

function slice(value: Json, from: number | null, to: number | null, step: number): Json[] {
  if (!Array.isArray(value)) return [];
  const part = (value as readonly Json[]).slice(from ?? 0, to ?? undefined);
  return step > 1 ? part.filter((_, i) => i % step === 0) : part;
}

/** A filter looks at the items of a list, or at an object itself. */
function filterOf(value: Json, filter: FilterExpression, root: Json, isDescent: boolean): Json[] {
  if (Array.isArray(value)) return value.filter((item) => holds(filter, item, root));
  if (isObject(value) && !isDescent && holds(filter, value, root)) return [value];
  return [];
}

function holds(filter: FilterExpression, item: Json, root: Json): boolean {
  switch (filter.kind) {
    case 'or':
      return holds(filter.left, item, root) || holds(filter.right, item, root);
    case 'and':
      return holds(filter.left, item, root) && holds(filter.right, item, root);
    case 'not':
      return !holds(filter.inner, item, root);
    case 'exists':
      return operandValue(filter.operand, item, root) !== undefined;
    case 'compare':
      return compares(filter.operator, filter.left, filter.right, item, root);
  }
}

function compares(operator: string, leftOperand: Operand, rightOperand: Operand, item: Json, root: Json): boolean {
  const left = operandValue(leftOperand, item, root);
  if (rightOperand.kind === 'pattern') return typeof left === 'string' && rightOperand.pattern.test(left);
  const right = operandValue(rightOperand, item, root);
  if (operator === '==') return left !== undefined && right !== undefined && isSameJson(left, right);
  if (operator === '!=') return left === undefined || right === undefined || !isSameJson(left, right);
  if (left === undefined || right === undefined) return false;
  return relates(operator, left, right);
}

function relates(operator: string, left: Json, right: Json): boolean {
  switch (operator) {
    case 'in':
      return contains(right, left);
    case 'nin':
      return !contains(right, left);
    case 'contains':
      return typeof left === 'string' && typeof right === 'string' ? left.includes(right) : contains(left, right);
    case 'size':
      return lengthOf(left) === right;
    case 'empty':
      return (lengthOf(left) === 0) === right;
    default:
      return isOrdered(operator, left, right);
  }
}

function contains(list: Json, value: Json): boolean {
  return Array.isArray(list) && list.some((item) => isSameJson(item, value));
}

function isOrdered(operator: string, left: Json, right: Json): boolean {
  const isComparable =
    (typeof left === 'number' && typeof right === 'number') || (typeof left === 'string' && typeof right === 'string');
  if (!isComparable) return false;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

function operandValue(operand: Operand, item: Json, root: Json): Json | undefined {
  if (operand.kind === 'literal') return operand.value;
  if (operand.kind === 'pattern') return undefined;
  const start = operand.from === 'item' ? item : root;
  if (!isDefinite(operand.path)) return selectAll(operand.path, start, root);
  try {
    return evaluatePath(operand.path, start);
  } catch (error) {
    if (error instanceof MissingPath) return undefined;
    throw error;
  }
}

function lengthOf(value: Json): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : 0;
}

/** The functions that may end a path. */
function applyFunction(name: string, value: Json): Json {
  const numbers = Array.isArray(value) ? value.filter((item) => typeof item === 'number') : [];
  switch (name) {
    case 'length':
    case 'size':
      return lengthOf(value);
    case 'keys':
      return isObject(value) ? Object.keys(value) : [];
    case 'min':
      return Math.min(...numbers);
    case 'max':
      return Math.max(...numbers);
    case 'sum':
      return numbers.reduce((sum, n) => sum + n, 0);
    case 'avg':
      return numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
    default:
      throw new MissingPath(`.${name}()`, name);
  }
}
