import { type Html, html } from './html.ts';
import { fullMoment, isoMoment, moment } from './when.ts';

/** A moment as people say it, with its whole date where one points at it. */
export function timeMarkup(
  atMs: number,
  { nowMs, timeZone }: { readonly nowMs: number; readonly timeZone: string },
): Html {
  return html`<time datetime="${isoMoment(atMs)}" title="${fullMoment(atMs, timeZone)}">${moment(atMs, nowMs, timeZone)}</time>`;
}
