/** `ticket-0001` and so on. */
export function inTicketOrder(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `ticket-${String(index + 1).padStart(4, '0')}`);
}

/** Pairs of texts whose word trigrams are the same to more than `limit` (Jaccard: shared ones by all), by their ids. */
export function pairsAlike(texts: readonly { readonly id: string; readonly text: string }[], limit: number): string[] {
  const known = texts.map(({ id, text }) => ({ id, grams: trigramsOf(text) }));
  return known.flatMap((one, index) =>
    known
      .slice(index + 1)
      .filter((other) => similarity(one.grams, other.grams) > limit)
      .map((other) => `${one.id} and ${other.id}`),
  );
}

/** In lower case, without what stands between them. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function trigramsOf(text: string): ReadonlySet<string> {
  const words = wordsOf(text);
  return new Set(words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`));
}

function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((gram) => other.has(gram)).length;
  return shared === 0 ? 0 : shared / (one.size + other.size - shared);
}
