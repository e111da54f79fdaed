import { createHmac } from 'node:crypto';
import type { Json, SaltTree } from '../contracts/index.ts';
import { digestOf } from './digest.ts';

/**
 * One digest over a value, from which parts can be taken away later without the digest changing. Each smallest part is
 * hashed with a salt of its own, members and items by the digests of their parts. Salts derive from the one above, so that
 * a value that is whole carries a single one.
 */
export function treeDigest(value: Json, salts: SaltTree): string {
  if (typeof salts === 'object' && 'erased' in salts) return salts.erased;
  if (Array.isArray(value))
    return digestOf(['items', value.map((item, at) => treeDigest(item, below(salts, `${at}`)))]);
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, one]) => [name, treeDigest(one ?? null, below(salts, name))]);
    return digestOf(['members', Object.fromEntries(members)]);
  }
  if (typeof salts !== 'string') throw new SaltError('A part has no salt');
  return digestOf(['value', salts, value]);
}

export class SaltError extends Error {
  override readonly name = 'SaltError';
}

/** What stands in place of a part, or null where the part stays and is looked into. */
export type Eraser = (part: Json, path: readonly string[]) => { readonly instead: Json } | null;

export interface Erased {
  readonly value: Json;
  readonly salts: SaltTree;
  /** Parts that were taken away by this. */
  readonly parts: number;
}

/**
 * Takes parts away. Their digests stay, without their salts, so that nobody can find out by guessing what they were; what
 * stays keeps a salt that says nothing about the others. What was taken away before stays so.
 */
export function erase(value: Json, salts: SaltTree, eraser: Eraser, path: readonly string[] = []): Erased {
  if (typeof salts === 'object' && 'erased' in salts) return { value, salts, parts: 0 };
  const found = eraser(value, path);
  if (found !== null) return { value: found.instead, salts: { erased: treeDigest(value, salts) }, parts: 1 };
  if (typeof value !== 'object' || value === null) return { value, salts, parts: 0 };
  const below_ = Object.entries(value).map(([name, one]): [string, Erased] => [
    name,
    erase(one ?? null, below(salts, name), eraser, [...path, name]),
  ]);
  const parts = below_.reduce((sum, [, one]) => sum + one.parts, 0);
  if (parts === 0) return { value, salts, parts };
  const values = below_.map(([name, one]): [string, Json] => [name, one.value]);
  return {
    value: Array.isArray(value) ? values.map(([, one]) => one) : Object.fromEntries(values),
    salts: { members: Object.fromEntries(below_.map(([name, one]) => [name, one.salts])) },
    parts,
  };
}

function below(salts: SaltTree, name: string): SaltTree {
  if (typeof salts === 'string') return createHmac('sha256', salts).update(name, 'utf8').digest('hex').slice(0, 32);
  const own = 'members' in salts && Object.hasOwn(salts.members, name) ? salts.members[name] : undefined;
  if (own === undefined) throw new SaltError(`There is no salt for ${name}`);
  return own;
}
