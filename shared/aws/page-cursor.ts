import * as z from 'zod';
import type { Item } from './case-items.ts';

/** Where a page of an index of the table `Cases` begins. */
export type PageOf = { readonly index: 'byList' | 'byState'; readonly partition: string };

export const PARTITION_KEYS = { byList: 'listPk', byState: 'statePk' } as const;

/** What a page ended at, as an opaque text for the caller to hand back. */
export function cursorAt(key: Item): string {
  const position = Object.fromEntries(Object.entries(key).map(([name, value]) => [name, value.S ?? '']));
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws SyntaxError for a cursor that is none of ours, or of another list. */
export function keyOfCursor(cursor: string, { index, partition }: PageOf): Item {
  const own = z.strictObject({
    ...{ pk: Part, sk: Part, listSk: Part },
    [PARTITION_KEYS[index]]: z.literal(partition),
  });
  const position = own.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  if (!position.success) throw new SyntaxError('The cursor is none of this list');
  return Object.fromEntries(Object.entries(position.data).map(([name, text]) => [name, { S: String(text) }]));
}

/** A key of an index is never empty, and never longer. */
const Part = z.string().min(1).max(1_024);
