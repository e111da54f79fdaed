/**
 * What a page or a mail says, as text: no markup, no scripts, no addresses of links or pictures. It is for a model to read, and
 * never shown as HTML.
 */
export function htmlText(html: string): string {
  return (
    html
      .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, ' ')
      .replaceAll(/<(script|style|noscript|template|svg|head)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
      // Up to the end where it is never closed: looking there again for each one takes time that grows with its square.
      .replaceAll(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^>]*(?:>|$)/gi, '\n')
      .replaceAll(/<[^>]*(?:>|$)/g, ' ')
      .replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? ' ')
      .replaceAll(/[^\S\n]+/g, ' ')
      .replaceAll(/ ?\n[\s]*/g, '\n')
      .trim()
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};
