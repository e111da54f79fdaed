import { validationError } from '../errors.ts';
import type { ItemKey } from '../keys/item-key.ts';
import type { Table } from '../tables/table.ts';

/** @throws ValidationException with the text if two entries are about one item. */
export function refuseRepeatedItems(
  entries: readonly { readonly table: Table; readonly key: ItemKey }[],
  text: string,
): void {
  const seen = new Set<string>();
  for (const { table, key } of entries) {
    const name = `${table.id} ${Buffer.from(key.hash).toString('base64')} ${Buffer.from(key.range).toString('base64')}`;
    if (seen.has(name)) throw validationError(text);
    seen.add(name);
  }
}
