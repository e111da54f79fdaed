import { htmlText } from '../../domain/html-text.ts';

const LONGEST_TEXT = 20_000;

/** What a page says, as text, no longer than a model may read of it. */
export function pageText(html: string): string {
  return htmlText(html).slice(0, LONGEST_TEXT);
}
