import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumPath } from './chromium.ts';

/** A phone as people hold it, in CSS pixels. */
export const PHONE = { width: 390, height: 844 } as const;
export const DESK = { width: 1280, height: 900 } as const;

/** Chromium that asks nobody for anything but the pages that it is sent to. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** One person's browser window, and what went on in it behind the pages. */
export interface Session {
  readonly page: Page;
  /** URLs that were asked for, in order. */
  readonly requests: readonly string[];
  /** What the console called an error, with the page on which it did. */
  readonly errors: readonly { readonly at: string; readonly text: string }[];
  readonly close: () => Promise<void>;
}

/** A window of its own with no past, by default a phone's. */
export async function openSession(browser: Browser, options: BrowserContextOptions = {}): Promise<Session> {
  const context = await browser.newContext({ viewport: PHONE, hasTouch: true, locale: 'en-GB', ...options });
  const requests: string[] = [];
  const errors: { at: string; text: string }[] = [];
  context.on('request', (request) => requests.push(request.url()));
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push({ at: message.page()?.url() ?? '', text: message.text() });
  });
  context.on('weberror', (error) => errors.push({ at: error.page()?.url() ?? '', text: error.error().message }));
  return { page: await context.newPage(), requests, errors, close: () => context.close() };
}
