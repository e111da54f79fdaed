/** All http(s) URLs of a mail, unescaped, each once, in the order they appear: text first, then HTML. */
export function linksOf(text: string, html: string): string[] {
  return [...new Set([...urlsIn(text), ...urlsIn(unescapeHtml(html.replace(/></g, '> <')))])];
}

function urlsIn(text: string): string[] {
  return [...text.matchAll(/https?:\/\/[^\s<>"'`]+/g)].map(([url]) => withoutTail(url));
}

/** A full stop or bracket behind a URL belongs to the sentence around it. */
function withoutTail(url: string): string {
  const trimmed = url.replace(/[.,;:!?]+$/, '');
  return trimmed.endsWith(')') && !trimmed.includes('(') ? withoutTail(trimmed.slice(0, -1)) : trimmed;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', lt: '<', gt: '>', apos: "'" };

function unescapeHtml(html: string): string {
  return html.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(amp|quot|lt|gt|apos));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return ENTITIES[String(name).toLowerCase()] ?? whole;
  });
}
