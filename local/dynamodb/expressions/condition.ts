import type { AttributeType, AttributeValue } from '../values/attribute-value.ts';
import type { Path } from './path.ts';

/** A condition, filter or key condition with all placeholders filled in. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'compare'; readonly operator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly lower: Operand; readonly upper: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly candidates: readonly Operand[] }
  | { readonly kind: 'attribute_exists' | 'attribute_not_exists'; readonly path: Path }
  | { readonly kind: 'attribute_type'; readonly path: Path; readonly type: AttributeType }
  | { readonly kind: 'begins_with' | 'contains'; readonly operand: Operand; readonly argument: Operand };

export const comparators = ['=', '<>', '<', '<=', '>', '>='] as const;
export type Comparator = (typeof comparators)[number];

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'size'; readonly of: Operand };

/** Calls `visit` for every document path in the condition. */
export function forEachPath(condition: Condition, visit: (path: Path) => void): void {
  switch (condition.kind) {
    case 'and':
    case 'or':
      forEachPath(condition.left, visit);
      forEachPath(condition.right, visit);
      break;
    case 'not':
      forEachPath(condition.condition, visit);
      break;
    case 'attribute_exists':
    case 'attribute_not_exists':
    case 'attribute_type':
      visit(condition.path);
      break;
    default:
      for (const operand of operandsOf(condition)) visitOperand(operand, visit);
  }
}

function visitOperand(operand: Operand, visit: (path: Path) => void): void {
  if (operand.kind === 'path') visit(operand.path);
  if (operand.kind === 'size') visitOperand(operand.of, visit);
}

function operandsOf(
  condition: Extract<Condition, { kind: 'compare' | 'between' | 'in' | 'begins_with' | 'contains' }>,
): readonly Operand[] {
  switch (condition.kind) {
    case 'compare':
      return [condition.left, condition.right];
    case 'between':
      return [condition.operand, condition.lower, condition.upper];
    case 'in':
      return [condition.operand, ...condition.candidates];
    case 'begins_with':
    case 'contains':
      return [condition.operand, condition.argument];
  }
}
