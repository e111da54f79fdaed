import { exactText, type Html, html, markupOf } from './html.ts';
import { darkStyle } from './mail-dark.ts';
import { visibleString } from './visible-text.ts';

/** A mail, ready to send. `subject` is one line without control characters. */
export type Mail = { readonly subject: string; readonly text: string; readonly html: string };

export type MailContent = {
  readonly subject: string;
  readonly heading: string;
  readonly isShadow: boolean;
  readonly paragraphs: readonly string[];
  readonly facts: readonly (readonly [string, string])[];
  /** Where to answer or look; null for a mail without a link. */
  readonly link: { readonly url: string; readonly words: string } | null;
  readonly code: string | null;
  readonly small: string;
};

/** One column, inline styles, no image, nothing to load. Foreign text has its hidden characters shown in brackets. */
export function mail(content: MailContent): Mail {
  const shown = visible(content);
  return { subject: oneLine(content.subject, 140), text: plain(shown), html: markupOf(markup(shown)).toWellFormed() };
}

/** Foreign words on one line, cut between whole characters to `maxLength` of them and four times as many code units. */
export function oneLine(text: string, maxLength: number): string {
  const line = visibleString(text).replace(/\s+/gu, ' ').trim();
  let kept = '';
  let count = 0;
  for (const { segment, index } of charactersIn(line)) {
    const isLast = index + segment.length === line.length;
    if (kept.length + segment.length > 4 * maxLength || (count === maxLength - 1 && !isLast))
      return `${kept.trimEnd()}…`;
    kept += segment;
    count += 1;
  }
  return kept;
}

let characters: Intl.Segmenter | null = null;

/** Made at the first line: it reads the tables of all scripts. */
function charactersIn(line: string): Intl.Segments {
  characters ??= new Intl.Segmenter('en');
  return characters.segment(line);
}

/** A code in groups that are easy to read and to type: `123 456`. */
export function grouped(code: string): string {
  const half = Math.ceil(code.length / 2);
  return code.length < 6 ? code : `${code.slice(0, half)} ${code.slice(half)}`;
}

function visible(content: MailContent): MailContent {
  return {
    ...content,
    heading: visibleString(content.heading),
    paragraphs: content.paragraphs.map(visibleString),
    facts: content.facts.map(([label, value]) => [visibleString(label), visibleString(value)] as const),
    small: visibleString(content.small),
  };
}

function plain({ heading, paragraphs, facts, link, code, small }: MailContent): string {
  const width = Math.max(0, ...facts.map(([label]) => label.length));
  const blocks = [
    heading,
    ...paragraphs,
    facts.map(([label, value]) => `${`${label}:`.padEnd(width + 2)}${value}`).join('\n'),
    link === null ? '' : `${link.words}:\n${link.url}`,
    code === null ? '' : `Your code: ${grouped(code)}`,
    `--\n${small}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`.toWellFormed();
}

function markup(content: MailContent): Html {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${exactText(content.heading)}</title>
${darkStyle}</head>
<body class="paper" style="margin:0;padding:0;background-color:#f4f6f4">
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f4f6f4"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;background-color:#ffffff;border:1px solid #dce3de;border-radius:14px"><tr><td class="ink" style="padding:28px 24px;font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:16px;line-height:1.5;color:#14201b;text-align:left;word-break:break-word">
<p class="accent" style="${`margin:0 0 14px;font-size:14px;font-weight:600;color:${accent(content)}`}">${content.isShadow ? 'Remit · Shadow' : 'Remit'}</p>
<h1 style="margin:0 0 14px;font-size:22px;line-height:1.25;font-weight:700"><bdi dir="auto">${content.heading}</bdi></h1>
${content.paragraphs.map((text) => html`<p style="margin:0 0 12px"><bdi dir="auto">${text}</bdi></p>`)}
${factTable(content.facts)}
${content.link && linkBlock(content.link, accent(content))}
${content.code !== null && codeBlock(content.code)}
<p class="soft line" style="margin:24px 0 0;padding-top:14px;border-top:1px solid #dce3de;font-size:13px;line-height:1.45;color:#54625b"><bdi dir="auto">${content.small}</bdi></p>
</td></tr></table></td></tr></table></body></html>
`;
}

function factTable(facts: MailContent['facts']): Html | null {
  if (facts.length === 0) return null;
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:16px 0 4px">${facts.map(
    ([label, value]) =>
      html`<tr><td class="soft line" valign="top" width="34%" style="padding:8px 12px 8px 0;border-top:1px solid #dce3de;font-size:14px;color:#54625b">${label}</td><td class="line" valign="top" style="padding:8px 0;border-top:1px solid #dce3de;font-size:15px"><bdi dir="auto">${value}</bdi></td></tr>`,
  )}</table>`;
}

function linkBlock({ url, words }: { url: string; words: string }, color: string): Html {
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:20px 0 0"><tr><td class="button" align="center" style="${`border-radius:12px;background-color:${color}`}"><a class="button-words" href="${url}" style="display:block;padding:15px 20px;font-size:17px;font-weight:700;color:#ffffff;text-decoration:none">${words}</a></td></tr></table>`;
}

function codeBlock(code: string): Html {
  return html`<p class="soft" style="margin:20px 0 4px;font-size:14px;color:#54625b">Your code, to be typed on the page:</p><p style="margin:0;font-family:Menlo,Consolas,'Courier New',monospace;font-size:30px;line-height:1.2;font-weight:700;letter-spacing:3px">${grouped(code)}</p>`;
}

function accent({ isShadow }: MailContent): string {
  return isShadow ? '#45458a' : '#0b5f4b';
}
