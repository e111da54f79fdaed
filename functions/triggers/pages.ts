import { headersWith } from '../../shared/pages/page-headers.ts';
import type { Page } from '../../shared/pages/page-shell.ts';
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

/** What has no body has no style. */
const NO_PAGE = /* @__PURE__ */ headersWith('');

/** On to another address, to be read there. */
export function seeOther(url: string, cookies: readonly string[] = []): HttpAnswer {
  return {
    statusCode: 303,
    headers: { ...NO_PAGE, location: url },
    body: '',
    ...(cookies.length > 0 ? { cookies: [...cookies] } : {}),
  };
}

/** The same form, to be sent to another address. */
export function sameAt(url: string): HttpAnswer {
  return { statusCode: 307, headers: { ...NO_PAGE, location: url }, body: '' };
}

/** What there is not, or not for who asks. The page is loaded then: a function that shows pages starts without any. */
export async function unknownAnswer(): Promise<HttpAnswer> {
  const { renderUnknownPage } = await import('../../shared/pages/unknown-page.ts');
  return asAnswer(renderUnknownPage());
}
