/** Whether a text matches a pattern in which `*` stands for any text; a backslash takes the next character as it is. */
export function wildcardMatches(pattern: string, text: string): boolean {
  const source = pattern.replace(/\\(.)|\*|[.+?^${}()|[\]]/gs, (match, escaped: string | undefined) => {
    if (escaped !== undefined) return escapeRegExp(escaped);
    return match === '*' ? '[\\s\\S]*' : escapeRegExp(match);
  });
  return new RegExp(`^${source}$`).test(text);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
