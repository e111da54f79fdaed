import type { ActionDefinition } from '../authoring/index.ts';
import {
  type Action,
  LONGEST_SHAPE_DAYS,
  type Money,
  type Proof,
  type Shape,
  type ShapeChoice,
  type ShapeOutline,
} from '../contracts/index.ts';
import { isEnoughProof } from './answers.ts';
import { isSameJson, leavesOf } from './leaf-fields.ts';

export const DAY_MS = 86_400_000;

/** Why a remembered yes counts no longer, or not yet, in words; null while it counts. */
export function endOf(shape: Shape, nowMs: number): string | null {
  const { createdAtMs, expiresAtMs, revoked, uses, maximumUses } = shape;
  if (revoked !== null) return `it was taken back by ${revoked.by}`;
  const endsAtMs = Math.min(expiresAtMs, createdAtMs + LONGEST_SHAPE_DAYS * DAY_MS);
  // Written so that NaN ends it too.
  if (!(createdAtMs <= nowMs && nowMs < endsAtMs)) return 'its time is over';
  return uses < maximumUses ? null : 'it is used up';
}

/** Whether an action has the fields of a shape, in a case of its segment; nothing is said of its time and uses. */
export function isAlike(shape: ShapeOutline, action: Action, segment: string | null): boolean {
  if (shape.action !== action.action || shape.segment !== segment) return false;
  if (shape.effect !== null && shape.effect !== action.intent.effect) return false;
  const leaves = leavesOf(action.arguments);
  const isNothingMissing = [...Object.keys(shape.fixed), ...Object.keys(shape.limits)].every((path) =>
    leaves.has(path),
  );
  return (
    isNothingMissing && [...leaves].every(([path, value]) => isCovered(shape, path, value)) && isAfforded(shape, action)
  );
}

function isCovered(
  { fixed, limits, freeFields }: ShapeOutline,
  path: string,
  value: Parameters<typeof isSameJson>[0],
): boolean {
  const isFixed = Object.hasOwn(fixed, path);
  const isLimited = Object.hasOwn(limits, path);
  if (isFixed && !isSameJson(fixed[path] ?? null, value)) return false;
  if (isLimited && !isUpTo(limits[path] ?? 0, value)) return false;
  return isFixed || isLimited || freeFields.includes(path);
}

/** Below nothing is no small amount but another kind of it. */
function isUpTo(limit: number, value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= limit;
}

function isAfforded({ maxAmount }: ShapeOutline, { amount }: Action): boolean {
  if (maxAmount === null || amount === null) return maxAmount === amount;
  return amount.currency === maxAmount.currency && isUpTo(maxAmount.minor, amount.minor);
}

/** Why no yes to such an action may be remembered, in words; null where one may. */
export function rememberProblem(definition: ActionDefinition, amount: Money | null, proof: Proof): string | null {
  const { approval, connector } = definition;
  if (connector.effect === 'irreversible') return 'It cannot be taken back, so it is asked every time.';
  const reached = approval.above.filter(({ from }) => isReached(from, amount));
  if (approval.quorum > 1 || reached.some(({ quorum }) => quorum > 1)) {
    return 'It needs the yes of more than one person, so it is asked every time.';
  }
  if (approval.needsReason) return 'A yes to it needs a reason, so it is asked every time.';
  if (!isEnoughProof(proof, approval.proof)) return 'It needs more proof of who says yes than was given here.';
  return null;
}

/** As for the people who are asked: another currency, or an amount that is not known, is no small one. */
function isReached(from: Money, amount: Money | null): boolean {
  return amount === null || amount.currency !== from.currency || Math.abs(amount.minor) >= from.minor;
}

export type ShapeMade =
  | { readonly ok: true; readonly outline: ShapeOutline }
  | { readonly ok: false; readonly problem: string };

/**
 * What is remembered of a yes to this action: every field keeps its value but those that are limited or free, and it
 * moves no more money than this one or the amount that is given.
 */
export function shapeFrom(
  { action, segment }: { readonly action: Action; readonly segment: string | null },
  { limits, freeFields, maxAmount }: Pick<ShapeChoice, 'limits' | 'freeFields' | 'maxAmount'>,
): ShapeMade {
  const leaves = leavesOf(action.arguments);
  const named = [...Object.keys(limits), ...freeFields];
  const strange = named.find((path) => !leaves.has(path));
  if (strange !== undefined) {
    return { ok: false, problem: `It has no field "${strange}"; its fields are ${[...leaves.keys()].join(', ')}.` };
  }
  const isTwice = named.find((path, index) => named.indexOf(path) !== index);
  if (isTwice !== undefined) return { ok: false, problem: `"${isTwice}" is named twice: it is limited or free, once.` };
  if (maxAmount !== null && action.amount === null)
    return { ok: false, problem: 'It moves no money that could be limited.' };
  const fixed = [...leaves].filter(([path]) => !named.includes(path));
  const outline: ShapeOutline = {
    ...{ action: action.action, effect: action.intent.effect, segment },
    ...{ fixed: Object.fromEntries(fixed), limits, freeFields: freeFields.toSorted() },
    maxAmount: maxAmount ?? action.amount,
  };
  if (isAlike(outline, action, segment)) return { ok: true, outline };
  return { ok: false, problem: 'The limits leave out the very action that was approved: raise them.' };
}
