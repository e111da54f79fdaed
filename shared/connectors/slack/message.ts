import type { JsonObject } from '../../contracts/index.ts';

/**
 * The parts of a message that show a text exactly as it is: a plain-text block, in which no mention, link, emoji or
 * markup comes to life, and the same text escaped for notifications. Nothing is fetched for a preview.
 */
export function plainMessage(text: string): JsonObject {
  return {
    text: escapeMarkup(text),
    blocks: [{ type: 'section', text: { type: 'plain_text', text, emoji: false } }],
    mrkdwn: false,
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** Slack's three control characters. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
