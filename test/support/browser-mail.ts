import type { Locator, Page } from 'playwright-core';
import { seenText } from './browser-looks.ts';

/** A mail on the page of caught mails. */
export interface ShownMail {
  readonly article: Locator;
  /** What a person reads in it. */
  readonly text: string;
  /** The six digits, without the space in between. */
  readonly code: string;
}

/** Opens the caught mails and reads the newest one whose subject speaks of `about`. */
export async function readMail(page: Page, url: string, about: string): Promise<ShownMail> {
  await page.goto(`${url}/_local/mail/`);
  const article = page.locator('article', { has: page.getByRole('heading', { name: about }) }).first();
  const text = await seenText(article.frameLocator('iframe').locator('body'));
  return { article, text, code: /\b(\d{3}) ?(\d{3})\b/.exec(text)?.slice(1).join('') ?? '' };
}

/** Follows the mail's link to the request page, in the same window. */
export async function followLink({ article }: ShownMail): Promise<void> {
  await article.getByRole('link').first().click();
  await article.page().waitForURL('**/r/*');
}
