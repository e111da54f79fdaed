import { foreign } from './fact-list.ts';
import { attributes, type Html, html } from './html.ts';
import type { Place } from './request-view.ts';

/** Who is signed in, the ways to inbox, cases and workflows, and the way out; nothing for somebody who is not signed in. */
export function accountBar({ root, signedInAs, formToken }: Place): Html | null {
  if (signedInAs === null) return null;
  return html`<nav class="account" aria-label="You"><span${attributes({ title: signedInAs })}>${foreign(signedInAs)}</span>${PLACES.map(([path, name]) => html`<a${attributes({ href: `${root}/${path}` })}>${name}</a>`)}<form method="post"${attributes({ action: `${root}/signin/out` })}><input type="hidden" name="csrf" value="${formToken}"><button type="submit" class="quiet">Sign out</button></form></nav>`;
}

const PLACES = [
  ['inbox', 'Inbox'],
  ['cases', 'Cases'],
  ['workflows', 'Workflows'],
] as const;
