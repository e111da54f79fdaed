import type { HttpRequest } from './http.ts';

/**
 * - `session`: the id token of who is signed in.
 * - `sign-in`: a sign-in that was begun in this browser.
 * - `draft`: where what was typed before a sign-in is kept.
 */
export type CookieName = 'session' | 'sign-in' | 'draft';

/** What a browser sent of our cookies; null for nothing. */
export function cookieOf(request: HttpRequest, name: CookieName, publicUrl: string): string | null {
  const start = `${fullName(name, publicUrl)}=`;
  const found = (request.cookies ?? []).find((cookie) => cookie.startsWith(start));
  const value = found?.slice(start.length) ?? '';
  return value === '' ? null : value;
}

/** No script reads it, no other site's form sends it, and where there is TLS it never goes without. */
export function setCookie(name: CookieName, value: string, publicUrl: string, maxAgeSeconds: number): string {
  const secure = isSecure(publicUrl) ? '; Secure' : '';
  return `${fullName(name, publicUrl)}=${value}; Path=/; Max-Age=${Math.max(0, Math.floor(maxAgeSeconds))}; HttpOnly; SameSite=Lax${secure}`;
}

export function dropCookie(name: CookieName, publicUrl: string): string {
  return setCookie(name, '', publicUrl, 0);
}

/** With the prefix a browser takes it from this very host over TLS only. */
function fullName(name: CookieName, publicUrl: string): string {
  return `${isSecure(publicUrl) ? '__Host-' : ''}remit-${name}`;
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}
