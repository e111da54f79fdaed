/** A team's channel. It is told of questions; nothing can be decided there. */
export interface Chat {
  /**
   * Shows a card in its channel, in place of what it showed of the same question before. A card that is older than what
   * is shown changes nothing.
   */
  show(card: Card): Promise<void>;
}

export interface Card {
  readonly channel: string;
  readonly caseId: string;
  readonly requestId: string;
  /** Goes up with everything that happens to the question. */
  readonly age: number;
  readonly title: string;
  readonly lines: readonly string[];
  /** Where to read and answer; null once there is nothing to answer. */
  readonly link: string | null;
}
