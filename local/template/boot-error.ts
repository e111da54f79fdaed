/** A reason why the local runtime does not start, as one sentence for the person at the terminal. */
export class BootError extends Error {
  override readonly name = 'BootError';
}
