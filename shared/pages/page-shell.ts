import { exactText, type Html, html, markupOf, styleElement } from './html.ts';
import { headersWith } from './page-headers.ts';
import { styleForm } from './style-form.ts';
import { styleMatter } from './style-matter.ts';
import { stylePage } from './style-page.ts';
import { styleTokens } from './style-tokens.ts';
import { visibleString } from './visible-text.ts';

/** An answer to a browser, whole: send it as it is. */
export type Page = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Headers of a page in the style that all share. */
export function pageHeaders(css = style): Record<string, string> {
  return headersWith(css);
}

/** What stands in the frame that all pages share. */
export type Frame = {
  readonly status: number;
  readonly title: string;
  /** Who speaks: workflow and team; empty where that must not be told. */
  readonly from: string;
  /** Class of the body. */
  readonly mood: 'is-live' | 'is-nothing';
  /** Who is signed in; left out for nobody. */
  readonly account?: Html | null;
  readonly main: Html;
  readonly foot?: Html;
  /** What pages of its kind need beside the style that all share. */
  readonly css?: string;
};

export function page({ status, title, from, mood, account, main, foot, css = '' }: Frame): Page {
  const whole = style + inOneLine(css);
  const body = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${exactText(visibleString(title))}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${styleElement(whole)}
</head>
<body class="${mood}">
<header class="top">${mark}<b>Remit</b><span>${from}</span></header>
${account}
<main>
${main}
</main>
${foot && html`<footer>${foot}</footer>`}
</body>
</html>
`;
  return { status, headers: pageHeaders(whole), body: markupOf(body).toWellFormed() };
}

const style = [styleTokens, stylePage, styleMatter, styleForm].map(inOneLine).join('');

function inOneLine(css: string): string {
  return css.replaceAll('\n', '');
}

/** A point inside limits. */
const mark = html`<svg width="22" height="22" viewBox="0 0 22 22" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M8 3H5.500A2.500 2.500 0 0 0 3 5.500V8M14 19h2.500a2.500 2.500 0 0 0 2.500-2.500V14"/><circle cx="11" cy="11" r="2.800" fill="currentColor" stroke="none"/></svg>`;
