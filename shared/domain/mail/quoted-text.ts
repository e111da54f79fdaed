/** What was written now, and what it repeats of the mails before. */
export interface SplitText {
  readonly text: string;
  readonly quoted: string;
}

/**
 * Parts a reply from what it quotes: from a line of the kind `On … wrote:` before quoted lines, from quoted lines that go
 * on to the end, or from the heading that Outlook puts over the mail before. A text that quotes nothing, or nothing else,
 * stays as it is.
 */
export function splitQuoted(text: string): SplitText {
  const lines = text.split('\n');
  const from = Math.min(...[tailOfQuotes(lines), headingOfBefore(lines)].filter((index) => index >= 0));
  if (!Number.isFinite(from)) return { text, quoted: '' };
  const written = lines.slice(0, from).join('\n').trim();
  if (written === '') return { text, quoted: '' };
  return { text: written, quoted: lines.slice(from).join('\n').trim() };
}

/** Where the quoted lines at the end begin, with the line that introduces them; -1 for none. */
function tailOfQuotes(lines: readonly string[]): number {
  let start = lines.length;
  while (start > 0 && /^\s*(>|$)/.test(lines[start - 1] ?? '')) start -= 1;
  if (!lines.slice(start).some((line) => line.trimStart().startsWith('>'))) return -1;
  const introduced = lines
    .slice(Math.max(0, start - 2), start)
    .join(' ')
    .trim();
  if (!introduced.endsWith(':')) return start;
  // An introduction is broken into two lines where it is long.
  return /^(on|am|le|el|il|op|den)\b/i.test(lines[start - 1]?.trim() ?? '')
    ? start - 1
    : beginOfIntroduction(lines, start);
}

function beginOfIntroduction(lines: readonly string[], start: number): number {
  return /^(on|am|le|el|il|op|den)\b/i.test(lines[start - 2]?.trim() ?? '') ? start - 2 : start - 1;
}

function headingOfBefore(lines: readonly string[]): number {
  return lines.findIndex(
    (line, index) =>
      /^-{2,}\s*(original message|forwarded message|ursprüngliche nachricht)\s*-{2,}$/i.test(line.trim()) ||
      (/^(from|von):\s\S/i.test(line) && /^(sent|date|gesendet|datum):\s\S/i.test(lines[index + 1] ?? '')),
  );
}
