import { validationError } from '../errors.ts';
import { type AttributeMap, type AttributeValue, typeOf } from '../values/attribute-value.ts';
import { addNumbers, subtractNumbers } from '../values/decimal.ts';
import { removeAt, setAt } from './change-at-path.ts';
import { type Path, valueAt } from './path.ts';
import type { Update, UpdateOperand, ValueAction } from './update.ts';

/**
 * The item after the update. All operands are read from the item as it was before. The item itself is left alone.
 *
 * @param item for an item that is not there: its key attributes.
 * @throws ValidationException where the update does not fit the item.
 */
export function applyUpdate(update: Update, item: AttributeMap): AttributeMap {
  const assignments = [
    ...update.sets.map(({ path, operand }) => ({ path, value: evaluate(operand, item) })),
    ...update.adds.map((action) => ({ path: action.path, value: added(action, item) })),
  ];
  const removes = [...update.removes];
  for (const action of update.deletes) {
    const left = withoutMembers(action, item);
    if (left === 'nothing') removes.push(action.path);
    else assignments.push({ path: action.path, value: left });
  }
  let changed = item;
  for (const { path, value } of assignments.sort((a, b) => byIndex(a.path, b.path)))
    changed = setAt(changed, path, value);
  for (const path of removes.sort((a, b) => byIndex(b, a))) changed = removeAt(changed, path);
  return changed;
}

function evaluate(operand: UpdateOperand, item: AttributeMap): AttributeValue {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'path':
      return existing(operand.path, item);
    case 'if_not_exists':
      return valueAt(item, operand.path) ?? evaluate(operand.otherwise, item);
    case 'list_append':
      return appended(evaluate(operand.left, item), evaluate(operand.right, item));
    case '+':
    case '-':
      return calculated(operand.kind, evaluate(operand.left, item), evaluate(operand.right, item));
  }
}

function existing(path: Path, item: AttributeMap): AttributeValue {
  const value = valueAt(item, path);
  if (value !== undefined) return value;
  throw validationError('The provided expression refers to an attribute that does not exist in the item');
}

function appended(left: AttributeValue, right: AttributeValue): AttributeValue {
  if ('L' in left && 'L' in right) return { L: [...left.L, ...right.L] };
  throw wrongType();
}

function calculated(operator: '+' | '-', left: AttributeValue, right: AttributeValue): AttributeValue {
  if (!('N' in left) || !('N' in right)) throw wrongType();
  return { N: operator === '+' ? addNumbers(left.N, right.N) : subtractNumbers(left.N, right.N) };
}

function added({ path, value }: ValueAction, item: AttributeMap): AttributeValue {
  const old = valueAt(item, path);
  if (old === undefined) return value;
  if ('N' in old && 'N' in value) return { N: addNumbers(old.N, value.N) };
  if ('SS' in old && 'SS' in value) return { SS: union(old.SS, value.SS) };
  if ('NS' in old && 'NS' in value) return { NS: union(old.NS, value.NS) };
  if ('BS' in old && 'BS' in value) return { BS: union(old.BS, value.BS) };
  throw wrongType();
}

/** `nothing` where there was no set or none of it is left, for sets cannot be empty. */
function withoutMembers({ path, value }: ValueAction, item: AttributeMap): AttributeValue | 'nothing' {
  const old = valueAt(item, path);
  if (old === undefined) return 'nothing';
  if (typeOf(old) !== typeOf(value)) throw wrongType();
  if ('SS' in old && 'SS' in value) return setOf('SS', difference(old.SS, value.SS));
  if ('NS' in old && 'NS' in value) return setOf('NS', difference(old.NS, value.NS));
  if ('BS' in old && 'BS' in value) return setOf('BS', difference(old.BS, value.BS));
  throw wrongType();
}

function setOf(type: 'SS' | 'NS' | 'BS', members: readonly string[]): AttributeValue | 'nothing' {
  if (members.length === 0) return 'nothing';
  if (type === 'SS') return { SS: members };
  return type === 'NS' ? { NS: members } : { BS: members };
}

function union(left: readonly string[], right: readonly string[]): readonly string[] {
  return [...new Set([...left, ...right])];
}

function difference(left: readonly string[], right: readonly string[]): readonly string[] {
  return left.filter((member) => !right.includes(member));
}

/** Lower list indexes first; paths apart from that have no order. */
function byIndex(left: Path, right: Path): number {
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [mine, other] = [left[at], right[at]];
    if (typeof mine === 'number' && typeof other === 'number' && mine !== other) return mine - other;
    if (mine !== other) return String(mine) < String(other) ? -1 : 1;
  }
  return left.length - right.length;
}

function wrongType(): Error {
  return validationError('An operand in the update expression has an incorrect data type');
}
