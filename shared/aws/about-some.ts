import { Json } from '../contracts/index.ts';
import { finderOf } from '../domain/erasure/named.ts';
import type { Item } from './case-items.ts';

/** Tells whether an item speaks of a case, wherever its id stands, or of a person; see domain/named.ts. */
export function aboutSome({ caseId, names }: { caseId: string | null; names: readonly string[] }) {
  const { inValue } = finderOf(names);
  return (item: Item): boolean => {
    const texts = Object.values(item).map(({ S, N }) => S ?? N ?? '');
    if (caseId !== null && texts.some((text) => text.includes(caseId))) return true;
    return texts.some((text) => inValue(opened(text)));
  };
}

/** Most texts that are kept are JSON; others stand for themselves. */
function opened(text: string): Json {
  if (!/^[[{"]/.test(text)) return text;
  try {
    return Json.parse(JSON.parse(text));
  } catch {
    return text;
  }
}
