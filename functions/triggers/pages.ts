import { type Page, pageHeaders } from '../../shared/pages/page-shell.ts';
import type { HttpAnswer } from './http.ts';

/** A page as an answer, with cookies to set. */
export function asAnswer({ status, headers, body }: Page, cookies: readonly string[] = []): HttpAnswer {
  return {
    statusCode: status,
    headers: { ...headers },
    body,
    ...(cookies.length > 0 ? { cookies: [...cookies] } : {}),
  };
}

/** On to another address, to be read there. */
export function seeOther(url: string, cookies: readonly string[] = []): HttpAnswer {
  return {
    statusCode: 303,
    headers: { ...pageHeaders(), location: url },
    body: '',
    ...(cookies.length > 0 ? { cookies: [...cookies] } : {}),
  };
}

/** The same form, to be sent to another address. */
export function sameAt(url: string): HttpAnswer {
  return { statusCode: 307, headers: { ...pageHeaders(), location: url }, body: '' };
}
