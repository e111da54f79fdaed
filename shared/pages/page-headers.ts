import { createHash } from 'node:crypto';

/** Headers of every page: nothing is loaded, run, framed, cached or told to others; only the page's own style counts. */
export function headersWith(css: string): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${hashOf(css)}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-robots-tag': 'noindex',
  };
}

const hashes = new Map<string, string>();

/** Taken once of each style: there are few. */
function hashOf(css: string): string {
  const hash = hashes.get(css) ?? createHash('sha256').update(css).digest('base64');
  hashes.set(css, hash);
  return hash;
}
