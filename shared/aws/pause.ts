const LONGEST_PAUSE_MS = 400;

/** A pause that grows with the number of tries, spread by chance so that writers who met do not meet again. */
export function pause(attempt: number): Promise<void> {
  const longestMs = Math.min(LONGEST_PAUSE_MS, 5 * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));
}
