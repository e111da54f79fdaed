import type { Card, Chat } from '../../shared/ports/index.ts';

/** A chat in memory: the card of each question as it is shown now, and every card that was sent. */
export class MemoryChat implements Chat {
  readonly shown = new Map<string, Card>();
  readonly sent: Card[] = [];
  isDown = false;

  async show(card: Card): Promise<void> {
    if (this.isDown) throw new Error('the chat cannot be reached');
    this.sent.push(card);
    if ((this.shown.get(card.requestId)?.age ?? -1) <= card.age) this.shown.set(card.requestId, card);
  }
}
