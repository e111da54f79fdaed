/** One after the other on a line; what has no full stop of its own gets one where more follows. */
export function inSentences(reasons: readonly string[]): string {
  const last = reasons.length - 1;
  return reasons.map((reason, at) => (at === last || /[.!?]$/.test(reason) ? reason : `${reason}.`)).join(' ');
}
