import { escapeHtml, page } from '../page.ts';
import type { SurfaceParts } from '../parts.ts';
import { doneFor } from './channels.ts';
import { type KeptEffect, sandboxItems } from './items.ts';

const MOST_SHOWN = 200;

/** Everything that agents did in the sandbox, newest first. */
export async function donePage(parts: SurfaceParts): Promise<string> {
  const { effects } = await sandboxItems(parts);
  const newest = effects.toReversed().slice(0, MOST_SHOWN);
  const body = newest.length === 0 ? '<p>No agent has done anything yet.</p>' : newest.map(effectArticle).join('\n');
  return page('What agents did', `<h1>What agents did here (${effects.length})</h1>\n${body}`);
}

function effectArticle({ connector, caseId, atMs, arguments: args, result }: KeptEffect): string {
  return `<article>
<h2>${escapeHtml(connector)}</h2>
<dl><dt>${new Date(atMs).toISOString()}</dt><dd>${doneFor(caseId)}</dd></dl>
<pre>${escapeHtml(JSON.stringify(args, null, 2))}</pre>
<pre>→ ${escapeHtml(JSON.stringify(result))}</pre>
</article>`;
}
