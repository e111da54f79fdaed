import { findChromium } from '../../scripts/browser/chromium.ts';

/** The browser for browser tests. @throws Error that says what to install; a test never passes without a browser. */
export function chromiumPath(): string {
  const path = findChromium();
  if (path !== null) return path;
  throw new Error(
    'There is no Chromium: install one (apt-get install chromium), or name it in REMIT_CHROMIUM. Browser tests fail without it.',
  );
}
