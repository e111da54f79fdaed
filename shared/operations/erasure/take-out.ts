import type { Json } from '../../contracts/index.ts';
import type { ErasureStore, StoredDocument } from '../../ports/index.ts';

/**
 * Leaves of a document what is not the person's, or takes it out as a whole where `left` is null.
 * @throws Error where it was changed since it was read: whoever finds it again takes what it is then
 */
export async function takeOut(
  erasures: Pick<ErasureStore, 'remove' | 'rewrite'>,
  document: StoredDocument,
  left: Json | null,
): Promise<void> {
  if (left === null) return erasures.remove(document);
  const isDone = await erasures.rewrite(document, left);
  if (!isDone) throw new Error(`Something of ${document.place} changed while it was erased: try again`);
}
