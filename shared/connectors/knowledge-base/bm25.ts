/** Okapi BM25 over a few hundred short texts, kept in memory. */
export interface Ranking {
  /** Documents that share a word with the question, by falling score; equal ones in the order given. */
  rank(question: string): readonly { readonly index: number; readonly score: number }[];
}

/** How fast a repeated word stops counting, and how much a long text is held back. */
const SATURATION = 1.2;
const LENGTH_WEIGHT = 0.6;

/** @param documents each as texts that count more than once: a word of a title may weigh as two in the text. */
export function ranking(
  documents: readonly (readonly { readonly text: string; readonly weight: number }[])[],
): Ranking {
  const bags = documents.map(bagOf);
  const lengths = bags.map((bag) => bag.values().reduce((sum, count) => sum + count, 0));
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const rarity = rarityOf(bags);
  const scoreOf = (words: ReadonlySet<string>, bag: ReadonlyMap<string, number>, length: number): number => {
    const held = SATURATION * (1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * length) / meanLength);
    return words.values().reduce((sum, word) => {
      const count = bag.get(word) ?? 0;
      return count === 0 ? sum : sum + ((rarity.get(word) ?? 0) * count * (SATURATION + 1)) / (count + held);
    }, 0);
  };
  return {
    rank: (question) => {
      const words = new Set(stemsOf(question));
      return bags
        .map((bag, index) => ({ index, score: scoreOf(words, bag, lengths[index] ?? 0) }))
        .filter(({ score }) => score > 0)
        .toSorted((a, b) => b.score - a.score || a.index - b.index);
    },
  };
}

function bagOf(texts: readonly { readonly text: string; readonly weight: number }[]): Map<string, number> {
  const bag = new Map<string, number>();
  for (const { text, weight } of texts) {
    for (const stem of stemsOf(text)) bag.set(stem, (bag.get(stem) ?? 0) + weight);
  }
  return bag;
}

/** Words that few documents have say more: ln(1 + (N - n + 0.5) / (n + 0.5)). */
function rarityOf(bags: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const holding = new Map<string, number>();
  for (const bag of bags) for (const word of bag.keys()) holding.set(word, (holding.get(word) ?? 0) + 1);
  return new Map(
    holding.entries().map(([word, n]): [string, number] => [word, Math.log(1 + (bags.length - n + 0.5) / (n + 0.5))]),
  );
}

const STOP_WORDS = new Set(
  (
    'a an and are as at be been but by can could did do does for from get had has have how i if in is it its me my no not of ' +
    'on or our so some than that the their them then there they this to up us was we were what when where which who why ' +
    'will with would you your just please hi hello thanks thank dear regards best kind am im ive dont cant any all also'
  ).split(' '),
);

/** The words of a text that say something, in small letters and without common English endings. */
export function stemsOf(text: string): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/['’]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !STOP_WORDS.has(word)).map(stem);
}

/** Bookings, booked and booking are one word; short words keep their ending. */
function stem(word: string): string {
  const single = word.length > 3 ? word.replace(/(?<!s)s$/, '').replace(/ie$/, 'y') : word;
  const base = single.replace(/(?<=.{4})(ing|ed|er|ation|ment|ly)$/, '');
  const ended = base.length > 4 ? base.replace(/e$/, '') : base;
  return ended.replace(/([bdfglmnprt])\1$/, '$1');
}
