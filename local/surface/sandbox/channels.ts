import { escapeHtml, page } from '../page.ts';
import type { SurfaceParts } from '../parts.ts';
import { type KeptEffect, type SandboxItems, sandboxItems, textOf } from './items.ts';
import { standingOf } from './standing.ts';

/** What one channel shows. */
export interface ChannelLine {
  readonly channel: string;
  readonly atMs: number;
  readonly caseId: string;
  readonly text: string;
  /** `question` for a card of a question, which links to where it is answered. */
  readonly kind: 'message' | 'question';
  readonly link: string | null;
  readonly isChanged: boolean;
  readonly isDeleted: boolean;
}

/** All lines of all channels, newest first, with changes and deletions applied. */
export async function channelLines(parts: SurfaceParts): Promise<readonly ChannelLine[]> {
  return linesOf(await sandboxItems(parts));
}

export async function channelPage(parts: SurfaceParts): Promise<string> {
  const items = await sandboxItems(parts);
  const lines = linesOf(items);
  const channels = [...new Set(lines.map(({ channel }) => channel))].toSorted();
  const sections = channels.map((channel) => {
    const own = lines.filter((line) => line.channel === channel);
    return `<article><h2>${escapeHtml(channel)}</h2>\n${own.map(lineItem).join('\n')}</article>`;
  });
  const note = await standingOf(parts, 'Slack', 'slack');
  const rest = items.isAll ? '' : '<p>There is more in the sandbox than this page looks at.</p>';
  const body = sections.length === 0 ? '<p>No agent has posted anything yet.</p>' : sections.join('\n');
  return page('Channels', `<h1>Channels</h1>\n<p>${escapeHtml(note)}</p>\n${rest}${body}`);
}

function linesOf({ effects, cards }: SandboxItems): readonly ChannelLine[] {
  const messages = new Map<string, ChannelLine>();
  for (const effect of effects) apply(messages, effect);
  const questions = cards.map((card): ChannelLine => {
    const { channel, atMs, caseId, link } = card;
    const text = [card.title, ...card.lines].join('\n');
    return { channel, atMs, caseId, text, link, kind: 'question', isChanged: false, isDeleted: false };
  });
  return [...messages.values(), ...questions].toSorted((a, b) => b.atMs - a.atMs);
}

function apply(messages: Map<string, ChannelLine>, effect: KeptEffect): void {
  const { connector, atMs, caseId, arguments: args, result } = effect;
  const channel = textOf(args['channel']);
  const text = textOf(args['text']);
  const named = `${channel} ${textOf(args['message'])}`;
  const known = messages.get(named);
  switch (connector) {
    case 'sandbox.channel-post':
    case 'slack.post-message': {
      const message = textOf(result['message'] ?? result['lineId']);
      const line = { channel, atMs, caseId, text, kind: 'message', link: null } as const;
      messages.set(`${channel} ${message}`, { ...line, isChanged: false, isDeleted: false });
      return;
    }
    case 'slack.update-message':
      if (known !== undefined) messages.set(named, { ...known, text, isChanged: true });
      return;
    case 'slack.delete-message':
      if (known !== undefined) messages.set(named, { ...known, isDeleted: true });
      return;
    default:
      return;
  }
}

function lineItem(line: ChannelLine): string {
  const text = escapeHtml(line.text);
  const shown = line.isDeleted ? `<del>${text}</del> (deleted)` : `${text}${line.isChanged ? ' (edited)' : ''}`;
  const link = line.link === null ? '' : ` <a href="${escapeHtml(line.link)}">open the question</a>`;
  return `<section>
<dl><dt>${new Date(line.atMs).toISOString()}</dt><dd>${doneFor(line.caseId)}</dd></dl>
<pre>${shown}</pre>${link}
</section>`;
}

export function doneFor(caseId: string): string {
  const id = escapeHtml(caseId);
  return `case <a href="/_local/effects?caseId=${id}">${id.slice(0, 8)}</a>`;
}
