import type { AttributeValue } from '../values/attribute-value.ts';
import type { Path } from './path.ts';

/** An update expression with all placeholders filled in; no two of its paths overlap. */
export interface Update {
  readonly sets: readonly SetAction[];
  readonly removes: readonly Path[];
  readonly adds: readonly ValueAction[];
  readonly deletes: readonly ValueAction[];
}

export interface SetAction {
  readonly path: Path;
  readonly operand: UpdateOperand;
}

/** ADD takes a number or a set, DELETE a set. */
export interface ValueAction {
  readonly path: Path;
  readonly value: AttributeValue;
}

export type UpdateOperand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: UpdateOperand }
  | { readonly kind: 'list_append' | '+' | '-'; readonly left: UpdateOperand; readonly right: UpdateOperand };

export function pathsOf({ sets, removes, adds, deletes }: Update): readonly Path[] {
  return [...sets.map(({ path }) => path), ...removes, ...[...adds, ...deletes].map(({ path }) => path)];
}
