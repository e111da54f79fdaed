import type { CaughtMail } from '../ses/index.ts';
import { escapeHtml, page } from './page.ts';
import type { AnswerableMail } from './sandbox/stand-in-mails.ts';

/**
 * All caught mails, newest first, and those that stand-ins would have sent. HTML is shown in frames that run no script and
 * send no form.
 */
export function mailPage(
  mails: readonly CaughtMail[],
  standIns: readonly AnswerableMail[],
  addresses: readonly string[],
): string {
  const list = mails.length === 0 ? '<p>No mail has been sent yet.</p>' : mails.map(mailArticle).join('\n');
  return page(
    'Caught mails',
    `${writeForm(addresses)}<h1>Caught mails (${mails.length})</h1>\n${list}\n${standInSection(standIns)}`,
  );
}

function standInSection(mails: readonly AnswerableMail[]): string {
  if (mails.length === 0) return '';
  return `<h1>Mails of stand-ins (${mails.length})</h1>
<p>A help desk would have mailed these by itself when it showed a reply. They can be answered like the others.</p>
${mails.map(standInArticle).join('\n')}`;
}

function standInArticle({ id, subject, from, to, atMs, text }: AnswerableMail): string {
  return `<article>
<h2>${escapeHtml(subject)}</h2>
<dl>
<dt>From</dt><dd>${escapeHtml(from)}</dd>
<dt>To</dt><dd>${escapeHtml(to)}</dd>
<dt>At</dt><dd>${new Date(atMs).toISOString()}</dd>
</dl>
<pre>${escapeHtml(text)}</pre>
${replyForm(id, to)}
</article>`;
}

/** A mail to a workflow, as a customer would write one. */
function writeForm(addresses: readonly string[]): string {
  const [only = '', ...more] = addresses;
  if (only === '') return '';
  const to =
    more.length === 0
      ? `<input name="to" value="${escapeHtml(only)}" readonly>`
      : `<select name="to">${addresses.map((one) => `<option>${escapeHtml(one)}</option>`).join('')}</select>`;
  return `<details class="write"><summary>Write a mail to ${escapeHtml(more.length === 0 ? only : 'a workflow')}</summary>
<form method="post" action="/_local/mail/inbound">
<label>From<input name="from" type="email" required value="thora.lund@pinewood-yoga.example"></label>
<label>To${to}</label>
<label>Subject<input name="subject" required maxlength="300"></label>
<label>Text<textarea name="text" rows="6" required></textarea></label>
<label class="choice"><input name="forged" type="checkbox" value="yes"> The sender is forged (the check of its domain fails)</label>
<button>Send</button>
</form>
<p>It goes the way of mail on AWS: kept in a bucket, read by the function, put on the queue. The case of it is in the
<a href="/inbox">inbox</a> where a person is asked, and what the help desk answers below.</p></details>
`;
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
${replyForm(mail.id, mail.to[0] ?? 'its reader')}
</article>`;
}

/** Whoever got the mail may answer it here; the answer comes in as any mail does. */
function replyForm(id: string, reader: string): string {
  return `<details><summary>Answer as ${escapeHtml(reader)}</summary>
<form method="post" action="/_local/mail/reply">
<input type="hidden" name="mail" value="${escapeHtml(id)}">
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
