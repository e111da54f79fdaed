import * as z from 'zod';

const MOST_WANTED = 5;
const WANTED = 3;

/** What somebody asks for, in their own words. */
export const ResearchRequest = z.object({
  requestId: z.string().min(1, 'a request has an id').max(120),
  text: z.string().min(3, 'a request says what is looked for').max(1_000),
  /** How many partners. */
  wanted: z.int().min(1).max(MOST_WANTED),
  /** Who asked; empty where that is not known. */
  askedBy: z.union([z.email(), z.literal('')]).meta({ personal: true, identifies: true }),
});
export type ResearchRequest = z.infer<typeof ResearchRequest>;

const WORDS: Readonly<Record<string, number>> = { one: 1, a: 1, two: 2, three: 3, four: 4, five: 5 };

/** Of a form or an event: `requestId`, `text`, and who asks. How many are wanted stands in the text; default 3. */
export function requestFrom(body: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const text = textOf(body['text']).slice(0, 1_000).toWellFormed().trim();
  return {
    requestId: textOf(body['requestId']).slice(0, 120),
    text,
    wanted: wantedIn(text),
    askedBy: textOf(body['askedBy']),
  };
}

/** The first number before "partner(s)" or after "find"; what is more than can be looked at is cut to that. */
export function wantedIn(text: string): number {
  const [, after, before] = /\bfind\s+(?:me\s+|us\s+)?(\w+)\b|\b(\w+)\s+(?:\w+\s+)?partners?\b/i.exec(text) ?? [];
  const word = (after ?? before ?? '').toLowerCase();
  const count = WORDS[word] ?? Number.parseInt(word, 10);
  return Number.isInteger(count) && count > 0 ? Math.min(count, MOST_WANTED) : WANTED;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
