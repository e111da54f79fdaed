import { type Html, html } from '../../shared/pages/html.ts';

/** Ids of cases, so many of them; none is broken at the end of a line. */
export function idList(ids: readonly string[], most: number): Html {
  const shown = ids.slice(0, most).map((id, at) => html`${at > 0 && ', '}<span class="id">${id}</span>`);
  return html`${shown}${ids.length > most && ` and ${ids.length - most} more`}`;
}
