import { type Html, html } from './html.ts';
import { type Page, page } from './page-shell.ts';

/** 404, the same for a link that is unknown, foreign or tampered with: it tells nothing. */
export function renderUnknownPage(): Page {
  return note(404, 'This link opens nothing', [
    'It may be incomplete, or it may belong to somebody else.',
    'Open the link from your newest mail, whole, or ask the person who owns the workflow.',
  ]);
}

/** A few words, and nothing of any question. */
export function note(status: number, title: string, lines: readonly string[], more: Html | null = null): Page {
  return page({
    status,
    title,
    from: '',
    mood: 'is-live',
    main: html`<section class="ask narrow"><h1>${title}</h1><div class="why">${lines.map((line) => html`<p>${line}</p>`)}</div>${more}</section>`,
  });
}
