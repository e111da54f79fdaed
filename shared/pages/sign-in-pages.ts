import { attributes, html } from './html.ts';
import { type Page, page } from './page-shell.ts';

/**
 * Sends the browser on to the sign-in. A page and no redirect, because a browser follows no redirect of a form to
 * another site where the form may only be sent to ours.
 */
export function renderGoOnPage(url: string, words: 'Sign in' | 'Sign out'): Page {
  const shown = page({
    status: 200,
    title: words,
    from: '',
    mood: 'is-live',
    main: html`<section class="ask narrow"><h1>${words}</h1><div class="why"><p>You are taken to the sign-in of your organisation.</p></div><p class="after"><a${attributes({ href: url })}>Go on, if nothing happens</a></p></section>`,
  });
  return { ...shown, headers: { ...shown.headers, refresh: `0; url=${url}` } };
}

/** 400: the sign-in was not begun in this browser, took too long or was called off. */
export function renderSignInFailedPage(): Page {
  return signInNote(400, 'You are not signed in', [
    'The sign-in was called off, took too long, or was begun in another browser.',
    'Nothing was answered. Open your link or your inbox again.',
  ]);
}

export function renderSignedOutPage(): Page {
  return signInNote(200, 'You are signed out', ['Your mails still lead to their questions.']);
}

/**
 * 403: a form that no page of ours has made for this session.
 * @param route that it was sent to: `POST /inbox/{id}`
 */
export function renderForeignFormPage(route: string): Page {
  const folders = route.split('/').length - 2;
  const lines = ['Nothing was done. Open the page again, and send it from there.'];
  return signInNote(403, 'This was not sent from a page of ours', lines, `${'../'.repeat(folders)}inbox`);
}

function signInNote(status: number, title: string, lines: readonly string[], inbox = '../inbox'): Page {
  return page({
    status,
    title,
    from: '',
    mood: 'is-live',
    main: html`<section class="ask narrow"><h1>${title}</h1><div class="why">${lines.map((line) => html`<p>${line}</p>`)}</div><p class="after"><a href="${inbox}">To the inbox</a></p></section>`,
  });
}
