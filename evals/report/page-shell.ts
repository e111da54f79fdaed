import { exactText, type Html, html, markupOf, styleElement } from '../../shared/pages/html.ts';
import { visibleString } from '../../shared/pages/visible-text.ts';
import { reportStyle } from './style.ts';

/** A page of a report as one file that loads nothing and runs nothing. */
export function reportPage(title: string, main: Html): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${exactText(visibleString(title))}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
${styleElement(reportStyle)}
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
  return markupOf(page).toWellFormed();
}
