import type { CaughtMail } from '../ses/index.ts';
import { escapeHtml, page } from './page.ts';

/** All caught mails, newest first. Their HTML is shown in frames that run no script and send no form. */
export function mailPage(mails: readonly CaughtMail[]): string {
  const list = mails.length === 0 ? '<p>No mail has been sent yet.</p>' : mails.map(mailArticle).join('\n');
  return page('Caught mails', `<h1>Caught mails (${mails.length})</h1>\n${list}`);
}

function mailArticle(mail: CaughtMail): string {
  return `<article>
<h2>${escapeHtml(mail.subject)}</h2>
<dl>
<dt>From</dt><dd>${escapeHtml(mail.from)}</dd>
<dt>To</dt><dd>${escapeHtml([...mail.to, ...mail.cc, ...mail.bcc].join(', '))}</dd>
<dt>At</dt><dd>${new Date(mail.atMs).toISOString()}</dd>
</dl>
${linkList(mail.links)}
${content(mail)}
${replyForm(mail)}
</article>`;
}

/** Whoever got the mail may answer it here; the answer starts what waits for incoming mail. */
function replyForm(mail: CaughtMail): string {
  return `<details><summary>Answer as ${escapeHtml(mail.to[0] ?? 'its reader')}</summary>
<form method="post" action="/_local/mail/reply">
<input type="hidden" name="mail" value="${escapeHtml(mail.id)}">
<textarea name="text" rows="4" cols="60" required aria-label="Answer"></textarea>
<button>Send</button>
</form></details>`;
}

function linkList(links: readonly string[]): string {
  if (links.length === 0) return '';
  const items = links.map((link) => `<li><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></li>`);
  return `<ul>${items.join('')}</ul>`;
}

function content(mail: CaughtMail): string {
  if (mail.html === '') return `<pre>${escapeHtml(mail.text)}</pre>`;
  const document = `<base target="_blank">${mail.html}`;
  const sandbox = 'allow-popups allow-popups-to-escape-sandbox';
  return `<iframe sandbox="${sandbox}" title="${escapeHtml(mail.subject)}" srcdoc="${escapeHtml(document)}"></iframe>`;
}
