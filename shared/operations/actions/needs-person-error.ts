/** The action may not go ahead without a person. Caught by name in the state machine. */
export class NeedsPersonError extends Error {
  override readonly name = 'NeedsPersonError';
}
